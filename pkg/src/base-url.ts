import { hasOrigin } from "#host/surroundings.ts";

/** Only over https, or to this machine: tokens would travel in the clear. User names, queries and hashes are refused. */
const HTTPS_OR_LOOPBACK =
  /^(https:\/\/([\w.-]+|\[[\da-f:.]+\])|http:\/\/(([\w.-]+\.)?localhost|127(\.\d{1,3}){3}|\[::1\]))(:[0-6]?\d{1,4})?(\/[^?#\\\s]*)?$/i;

/** Only in a page does a path say which host is meant. */
const PATH = /^\/(?!\/)[^?#\\\s]*$/;

/** Every Environment, by its host: another port, a path or the dot of the root do not make it another service. */
const PLATFORM = /^https:\/\/(\w+\.)?(itop\.qq|itopsdk)\.com\.?([:/]|$)/i;

/** What else it may be, for a message. */
export const orPath = (path: string): string =>
  `, or ${hasOrigin() ? "" : "in a page "}a path such as "${path}"`;

/** Whether calls may be sent there; the platform itself takes signed ones only. */
export const isBaseUrl = (value: unknown, isProxied: boolean): boolean =>
  typeof value === "string" &&
  (HTTPS_OR_LOOPBACK.test(value) || (hasOrigin() && PATH.test(value))) &&
  !(isProxied && PLATFORM.test(value));
