// What is used of a host's own API. Vendors' typings differ in much that does not matter here, so these ask for little.

/** `wx`, `qq`, `tt`, `my`, … */
export interface MiniHost {
  // biome-ignore lint/suspicious/noExplicitAny: each vendor has its own type for these
  request(options: any): any;
}

/** The options of one request, for all vendors together: each passes over what only another knows. */
export interface MiniRequest {
  readonly url: string;
  readonly method: "POST";
  /** WeChat and most others. */
  readonly header: Readonly<Record<string, string>>;
  /** Alipay. */
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
  /** Bytes: the default would be parsed, and long numbers with it. */
  readonly responseType: "arraybuffer";
  /** The same for Alipay; for the others, anything but "json" means: not parsed. */
  readonly dataType: "arraybuffer";
  readonly redirect: "manual";
  readonly timeout: number;
  success(answer: MiniAnswer): void;
  fail(failure: MiniFailure | undefined): void;
}

export interface MiniAnswer {
  readonly statusCode?: number;
  readonly header?: object;
  /** Alipay. */
  readonly status?: number;
  /** Alipay. */
  readonly headers?: object;
  readonly data?: unknown;
}

/** Alipay's has an answer's fields too where there was one, with a status that is an error. */
export interface MiniFailure extends MiniAnswer {
  readonly errMsg?: string;
  readonly errno?: number;
  /** Alipay. */
  readonly errorMessage?: string;
}

/** `WXWebAssembly` and the like: it takes a path in the code package. */
export interface VendorWasm {
  // biome-ignore lint/suspicious/noExplicitAny: the typings say Instance, the hosts give { instance }
  instantiate(path: string, imports: object): Promise<any>;
}
