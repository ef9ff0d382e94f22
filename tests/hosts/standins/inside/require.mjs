// A mini-game's `require`: the modules of one flat directory, given as texts by name, and nothing from elsewhere.

export function makeRequire(files, run) {
  const loaded = new Map();
  const load = (file) => {
    if (!loaded.has(file)) {
      const module = { exports: {} };
      loaded.set(file, module);
      const wrapped = run(`(function (exports, require, module) { "use strict"; ${files[file]}\n})`, file);
      wrapped.call(undefined, module.exports, require, module);
    }
    return loaded.get(file).exports;
  };
  function require(name) {
    const path = name.replace(/^\.\//, "");
    const file = [path, `${path}.js`].find((one) => one !== name && one in files);
    if (!file) throw new Error(`module '${path}' is not defined, require args is '${name}'`);
    return load(file);
  }
  return require;
}
