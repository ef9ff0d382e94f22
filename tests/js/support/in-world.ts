// The package's CommonJS in a realm of its own, with the globals that a test gives it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CreateContextOptions, createContext, Script } from "node:vm";

type Package = typeof import("msdk-friends");

/** The exports of an entry, such as `msdk-friends/slim`, evaluated in a new realm. */
export function entryInWorld(entry: string, globals: object, options?: CreateContextOptions): Package {
  const world = createContext({ ...globals }, options);
  const file = fileURLToPath(import.meta.resolve(entry)).replace(/\.js$/, ".cjs");
  return load(file, world, new Map()) as Package;
}

/** Each file once, as `require` has it: the entries' parts share the core. */
function load(file: string, world: object, loaded: Map<string, object>): object {
  const known = loaded.get(file);
  if (known) return known;
  const module = { exports: {} };
  const wrapped = `(function (module, exports, require) {${readFileSync(file, "utf8")}\n})`;
  const run = new Script(wrapped, { filename: file }).runInContext(world);
  run(module, module.exports, (name: string) => load(join(dirname(file), name), world, loaded));
  loaded.set(file, module.exports);
  return module.exports;
}
