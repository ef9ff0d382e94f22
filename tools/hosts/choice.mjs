// What the command line asks for.

import { Failure } from "../failure.mjs";
import { allHosts } from "./all.mjs";

/** `hosts` to run, whether those are all, and whether the README is to be written. */
export async function chooseHosts(args) {
  const all = await allHosts();
  const write = args.includes("--write");
  const names = args.filter((arg) => arg !== "--write");
  const isCalled = ({ id }, name) => id === name || id.startsWith(`${name}-`);
  const unknown = names.filter((name) => !all.some((host) => isCalled(host, name)));
  if (unknown.length > 0) {
    throw new Failure(`no host ${unknown.join(", ")}; there are ${all.map(({ id }) => id).join(", ")}`);
  }
  if (write && names.length > 0) throw new Failure("--write needs a whole run: name no hosts with it.");
  const hosts = names.length === 0 ? all : all.filter((host) => names.some((name) => isCalled(host, name)));
  return { hosts, isWhole: names.length === 0, write };
}
