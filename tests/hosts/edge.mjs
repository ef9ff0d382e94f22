// Runtimes of servers and of the edge that are not Node. Each comes from its npm package.

import { installNeeds } from "../../tools/hosts/needs.mjs";
import { neededProgram, neededVersion } from "./support/needed.mjs";
import { runServerProgram } from "./support/server-program.mjs";
import { runInWorkerd } from "./support/workerd.mjs";

const group = "Servers and edge";

export default [
  {
    id: "workerd",
    group,
    name: "workerd",
    loads: "`msdk-friends`, condition `workerd`; the wasm as a `WebAssembly.Module` through `init`",
    alsoRun: "that compiling bytes is refused there",
    notRun: "Cloudflare's own network",
    budgetMs: 60_000,
    prepare: () => installNeeds("workerd"),
    async run(bench) {
      const program = neededProgram(bench.prepared, "@cloudflare", "bin/workerd");
      return {
        version: neededVersion(bench.prepared, "workerd"),
        report: await runInWorkerd(bench, program),
      };
    },
  },
  {
    id: "deno",
    group,
    name: "Deno",
    loads: "`msdk-friends`, condition `deno`; the wasm is read from disk",
    notRun: "",
    budgetMs: 60_000,
    prepare: () => installNeeds("deno"),
    async run(bench) {
      const program = neededProgram(bench.prepared, "@deno", "deno");
      const command = [program, "run", "--no-remote", "--allow-net=127.0.0.1", "--allow-read"];
      const report = await runServerProgram(bench, {
        id: "deno",
        form: "mjs",
        command,
        entry: "msdk-friends",
      });
      return { version: neededVersion(bench.prepared, "deno"), report };
    },
  },
  {
    id: "bun",
    group,
    name: "Bun",
    loads: "`msdk-friends`, condition `bun`; the wasm is read from disk",
    notRun: "",
    budgetMs: 60_000,
    prepare: () => installNeeds("bun"),
    async run(bench) {
      const program = neededProgram(bench.prepared, "@oven", "bin/bun");
      const command = [program, "run", "--no-install"];
      const report = await runServerProgram(bench, {
        id: "bun",
        form: "mjs",
        command,
        entry: "msdk-friends",
      });
      return { version: neededVersion(bench.prepared, "bun"), report };
    },
  },
];
