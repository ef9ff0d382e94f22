// The published scripts: one line each. `exports` in pkg/package.json names the same files.
//
// esm, cjs, script: the newest syntax that the file may use, for NAME.js as a module, NAME.cjs, and NAME.js as CommonJS
// that is a classic script too. ES2018 has no `?.`, `??` or class fields, which the packers of mini-game vendors refuse,
// ES2017 is what their devices know.
// isShared: what the facade holds is imported from beside it. isInternal: no entry of its own, so without types.
// module: the name of the module over the script, and of the types of both; not beside it, whose directory goes into games.
// typesOf: the entry that has the same types. cjsSource: what `require` gets, where that is not the same source.

/** What most of them have in common. */
const shared = { esm: "es2018", cjs: "es2018", isShared: true, typesOf: "node" };

export const entries = [
  { name: "facade", source: "facade.ts", esm: "es2018", cjs: "es2018", isInternal: true },
  { name: "node", source: "entries/node.ts", esm: "es2022", cjs: "es2018", isShared: true, platform: "node" },
  { ...shared, name: "browser", source: "entries/browser.ts", esm: "es2020", cjs: undefined },
  { ...shared, name: "workerd", source: "entries/workerd.ts", cjs: undefined },
  { ...shared, name: "slim", source: "entries/slim.ts" },
  { ...shared, name: "inline", source: "entries/inline.ts" },
  { ...shared, name: "wasm2js", source: "entries/wasm2js.ts" },
  {
    name: "miniprogram/msdk-friends",
    source: "entries/mini-script.ts",
    script: "es2017",
    typesFrom: "entries/mini.ts",
    module: "mini",
  },
  {
    name: "sandbox/index",
    source: "sandbox/index.ts",
    esm: "es2022",
    cjs: "es2022",
    cjsSource: "sandbox/commonjs.ts",
    platform: "node",
  },
  {
    name: "proxy/index",
    source: "proxy/index.ts",
    esm: "es2022",
    cjs: "es2022",
    cjsSource: "proxy/commonjs.ts",
  },
  { name: "proxy/node", source: "proxy/node/index.ts", esm: "es2022", cjs: "es2022", platform: "node" },
  { name: "proxy/bin", source: "proxy/bin/bin.ts", esm: "es2022", platform: "node", isInternal: true },
  { name: "sandbox/bin", source: "sandbox/bin.ts", esm: "es2022", platform: "node", isInternal: true },
];
