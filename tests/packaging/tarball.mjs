// The installed package with the programs of this directory beside it.

import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { projectWithTarball } from "../../tools/tarball.mjs";

export { root } from "../../tools/paths.mjs";
export { node, pack } from "../../tools/tarball.mjs";

const programs = fileURLToPath(new URL("programs", import.meta.url));

/** A project that depends on the tarball and on nothing else, with the programs of this directory in it. */
export async function installedProject(options) {
  const project = await projectWithTarball(options);
  cpSync(programs, project, { recursive: true });
  return { project, installed: join(project, "node_modules", "msdk-friends") };
}

/** Every file below, as paths with slashes relative to it. */
export const listed = (directory) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(directory.length + 1))
    .sort();
