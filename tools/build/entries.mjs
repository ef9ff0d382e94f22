// The package's entries: one line each. `exports` in pkg/package.json names the same files.
//
// esm, cjs: the newest syntax that the file may use. ES2018 has no `?.`, `??` or class fields, which the packers of
// mini-game vendors refuse. cjsSource: what `require` gets, where that is not the same source.

export const entries = [
  { name: "browser", source: "entries/browser.ts", esm: "es2020", typesOf: "node" },
  { name: "node", source: "entries/node.ts", esm: "es2022", cjs: "es2018", platform: "node" },
  { name: "slim", source: "entries/slim.ts", esm: "es2018", cjs: "es2018", typesOf: "node" },
  { name: "inline", source: "entries/inline.ts", esm: "es2018", cjs: "es2018", typesOf: "node" },
  {
    name: "sandbox/index",
    source: "sandbox/index.ts",
    esm: "es2022",
    cjs: "es2022",
    cjsSource: "sandbox/commonjs.ts",
    platform: "node",
  },
  { name: "sandbox/bin", source: "sandbox/bin.ts", esm: "es2022", platform: "node", program: true },
];
