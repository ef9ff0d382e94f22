// The mini-game hosts, each known by the global object with its API. Looked at behind `typeof`: none is everywhere.

declare const qq: unknown,
  tt: unknown,
  ks: unknown,
  bl: unknown,
  swan: unknown,
  qg: unknown,
  my: unknown,
  wx: unknown;

/** The host object of the mini-game or mini-program that this runs in, if it is one. */
export function findVendor(): object | undefined {
  const found = [
    typeof qq !== "undefined" && qq,
    typeof tt !== "undefined" && tt,
    typeof ks !== "undefined" && ks,
    typeof bl !== "undefined" && bl,
    typeof swan !== "undefined" && swan,
    typeof qg !== "undefined" && qg,
    typeof my !== "undefined" && my,
    // Last: others have one too, for what was written for WeChat.
    typeof wx !== "undefined" && wx,
  ];
  return found.find((host) => typeof (host as { request?: unknown } | undefined)?.request === "function") as
    | object
    | undefined;
}
