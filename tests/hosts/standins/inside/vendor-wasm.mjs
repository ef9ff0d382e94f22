// A vendor's wasm API: a path inside the code package, and nothing else. No constructors beside it, no exported Globals.

const kindOf = (value) => Object.prototype.toString.call(value);
/** What an iPhone hands through. */
const passes = (value) =>
  typeof value === "function" ||
  ["[object WebAssembly.Memory]", "[object WebAssembly.Table]"].includes(kindOf(value));

/**
 * `files`: the package's wasm by absolute path, as paths of this machine. `gives`: "instance", as the vendors' typings
 * say, or "result", an object that holds it, as real ones do. `fails`: how many of the first attempts fail.
 */
export function vendorWasm({ name, files, gives, fails, outside: { readFile, WebAssembly } }) {
  let attempts = 0;
  const refuse = (why) => {
    throw new Error(`${name}.instantiate: ${why}`);
  };
  const instantiate = async (path, imports) => {
    if (typeof path !== "string" || !path.startsWith("/")) refuse(`${kindOf(path)} is no absolute path`);
    if (!(path in files)) refuse(`${path} is not in the package`);
    attempts += 1;
    if (attempts <= fails) refuse(`attempt ${attempts} failed`);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFile(files[path])), imports);
    const handed = {};
    for (const key of Object.keys(exports)) if (passes(exports[key])) handed[key] = exports[key];
    const instance = { exports: handed };
    return gives === "instance" ? instance : { instance };
  };
  return { api: { instantiate }, attempts: () => attempts };
}
