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

/** Whether strangers can read the program's memory here: in a page, its workers, a mini-game. */
export function isPageLike(): boolean {
  return (
    (typeof window !== "undefined" && typeof document !== "undefined") ||
    // Servers have no such function, but for Deno's workers.
    (typeof importScripts === "function" && typeof Deno === "undefined") ||
    isMiniGame()
  );
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
