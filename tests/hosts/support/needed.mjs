// What a host gets from tests/hosts/needs: a module to import, a program to run.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The module's exports. `directory`: what installNeeds gave. */
export function needed(directory, name) {
  const { resolve } = createRequire(join(directory, "package.json"));
  return import(pathToFileURL(resolve(name)).href);
}

/** The program that npm installed for this machine: `file` in the one package of the scope. */
export function neededProgram(directory, scope, file) {
  const packages = join(directory, "node_modules", scope);
  const found = readdirSync(packages)
    .map((name) => join(packages, name, file))
    .find(existsSync);
  if (!found) throw new Error(`there is no ${file} for this machine in ${scope}`);
  return found;
}

export const neededVersion = (directory, name) =>
  JSON.parse(readFileSync(join(directory, "node_modules", name, "package.json"), "utf8")).version;
