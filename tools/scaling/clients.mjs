// msdk-proxy beside each major version of the npm package redis, which it imports from where it lies.

import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { dist, installed, pkg, root } from "../paths.mjs";
import { installNeeds } from "../setup/needs.mjs";

const others = join("tests", "scaling", "clients");

/** Gives `{ version, bin }` for each: the client's version, and the program that finds it. */
export async function installClients() {
  const own = { version: versionIn(installed("redis")), bin: join(dist, "proxy", "bin.js") };
  const beside = [];
  for (const name of readdirSync(join(root, others))) beside.push(await proxyBeside(name));
  return [own, ...beside];
}

async function proxyBeside(name) {
  const modules = join(await installNeeds(name, others), "node_modules");
  const copy = join(modules, "msdk-friends");
  // A copy of today's: through a link it would find the workspace's own client.
  rmSync(copy, { recursive: true, force: true });
  cpSync(dist, join(copy, "dist"), { recursive: true });
  cpSync(join(pkg, "package.json"), join(copy, "package.json"));
  return { version: versionIn(join(modules, "redis")), bin: join(copy, "dist", "proxy", "bin.js") };
}

const versionIn = (directory) => JSON.parse(readFileSync(join(directory, "package.json"), "utf8")).version;
