// What can be told of the program's surroundings. Every global is looked at behind `typeof`: none is everywhere.

declare const wx: unknown,
  qq: unknown,
  tt: unknown,
  my: unknown,
  ks: unknown,
  bl: unknown,
  swan: unknown,
  qg: unknown;
declare const Deno: unknown, importScripts: unknown;

/** Whether relative URLs mean anything here. */
export const hasOrigin = (): boolean => typeof location === "object";

/** Names the surroundings when strangers can read the program's memory there: a page, its workers, a mini-game. */
export function pageLikeHost(): string | undefined {
  if (typeof window !== "undefined" && typeof document !== "undefined") return "a page";
  // Servers have no such function, but for Deno's workers.
  if (typeof importScripts === "function" && typeof Deno === "undefined") return "a worker of a page";
  return isMiniGame() ? "a mini-game" : undefined;
}

function isMiniGame(): boolean {
  const hosts = [
    typeof wx !== "undefined" && wx,
    typeof qq !== "undefined" && qq,
    typeof tt !== "undefined" && tt,
    typeof my !== "undefined" && my,
    typeof ks !== "undefined" && ks,
    typeof bl !== "undefined" && bl,
    typeof swan !== "undefined" && swan,
    typeof qg !== "undefined" && qg,
  ];
  return hosts.some((host) => typeof (host as { request?: unknown } | undefined)?.request === "function");
}
