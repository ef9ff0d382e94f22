// Node: by its own entry, by `import` and by `require`, and by the entries that bring or take their wasm.

import { runServerProgram } from "./support/server-program.mjs";

const readWasm = `const { readFile } = await import("node:fs/promises");
await msdk.init(await readFile(new URL(import.meta.resolve("msdk-friends/msdk_friends.wasm"))));`;

const host = (id, { form, entry, loads, before }) => ({
  id,
  group: "Servers and edge",
  name: "Node",
  loads,
  notRun: "",
  budgetMs: 60_000,
  async run(bench) {
    const command = [process.execPath];
    const report = await runServerProgram(bench, { id, form, command, entry, before });
    return { version: process.versions.node, report };
  },
});

export default [
  host("node-esm", {
    form: "mjs",
    entry: "msdk-friends",
    loads: '`import "msdk-friends"`; the wasm is read from disk',
  }),
  host("node-commonjs", {
    form: "cjs",
    entry: "msdk-friends",
    loads: '`require("msdk-friends")`; the wasm is read from disk',
  }),
  host("node-slim", {
    form: "mjs",
    entry: "msdk-friends/slim",
    before: readWasm,
    loads: "`import` of `msdk-friends/slim`, the wasm as bytes",
  }),
  host("node-inline", {
    form: "cjs",
    entry: "msdk-friends/inline",
    loads: "`require` of `msdk-friends/inline`, the wasm in the script",
  }),
];
