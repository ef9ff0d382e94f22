// Every host, in the order of the table: what the modules of tests/hosts export.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { root } from "../paths.mjs";

export const GROUPS = [
  "Browsers",
  "Bundlers",
  "Servers and edge",
  "The signing proxy",
  "Mini-games",
  "Engines",
];

const directory = join(root, "tests", "hosts");

/** @throws where two hosts have one id, or one has no group of the table. */
export async function allHosts() {
  const names = readdirSync(directory).filter((name) => name.endsWith(".mjs"));
  const modules = await Promise.all(
    names.sort().map((name) => import(pathToFileURL(join(directory, name)).href)),
  );
  const hosts = modules.flatMap((module) => module.default);
  for (const [index, { id, group }] of hosts.entries()) {
    if (!GROUPS.includes(group)) throw new Error(`the host ${id} is in no group of the table: ${group}`);
    if (hosts.findIndex((other) => other.id === id) !== index) throw new Error(`two hosts are called ${id}`);
  }
  return GROUPS.flatMap((group) => hosts.filter((host) => host.group === group));
}
