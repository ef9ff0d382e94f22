// What can be told of the program's surroundings. Every global is looked at behind `typeof`: none is everywhere.

import { findVendor } from "../vendors.ts";

declare const Deno: unknown, importScripts: unknown;

/** Whether relative URLs mean anything here. */
export const hasOrigin = (): boolean => typeof location === "object";

/** Whether strangers can read the program's memory here: in a page, its workers, a mini-game. */
export const isPageLike = (): boolean =>
  (typeof window !== "undefined" && typeof document !== "undefined") ||
  // Servers have no such function, but for Deno's workers.
  (typeof importScripts === "function" && typeof Deno === "undefined") ||
  findVendor() !== undefined;
