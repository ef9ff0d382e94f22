// The query exactly as it stands on the request line: nothing is percent-decoded. Node refuses lines that are
// not ASCII (status 400), so comparing strings compares bytes.

export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** `name=value` as sent. */
  readonly raw: string;
}

/** Splits what stands on the request line at its first `?`. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Every parameter in the order sent, repeated and nameless ones too. */
export function parametersOf(query: string): Parameter[] {
  if (query === "") return [];
  return query.split("&").map((raw) => {
    const equals = raw.indexOf("=");
    return equals < 0
      ? { name: raw, value: "", raw }
      : { name: raw.slice(0, equals), value: raw.slice(equals + 1), raw };
  });
}

/** The value of a parameter, `undefined` where it is absent. */
export function parameterValue(parameters: readonly Parameter[], name: string): string | undefined {
  return parameters.find((parameter) => parameter.name === name)?.value;
}

/** Everything but `sig`: what takes part in the signature. */
export function signedParameters(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter((parameter) => parameter.name !== "sig");
}

/** The signed parameters sorted by name in byte order, joined by `&`. */
export function canonicalQuery(parameters: readonly Parameter[]): string {
  return joined(signedParameters(parameters).sort(byName));
}

/** The canonical query as a `msg` may show it: credentials do not belong there, but may have got there. */
export function readableQuery(parameters: readonly Parameter[]): string {
  const shown = signedParameters(parameters).sort(byName);
  return joined(shown.map((each) => (CREDENTIALS.has(each.name.toLowerCase()) ? masked(each) : each)));
}

export function joined(parameters: readonly Parameter[]): string {
  return parameters.map((parameter) => parameter.raw).join("&");
}

const CREDENTIALS = new Set(["openid", "token", "fopenid", "sopenid", "sig", "sigkey", "key"]);

function masked(parameter: Parameter): Parameter {
  return { ...parameter, raw: `${parameter.name}=***` };
}

function byName(a: Parameter, b: Parameter): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
