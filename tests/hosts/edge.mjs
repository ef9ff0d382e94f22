// Runtimes of servers and of the edge that are not Node. Each comes from its npm package.

import { installNeeds } from "../../tools/setup/needs.mjs";
import { neededProgram, neededVersion } from "./support/needed.mjs";
import { runServerProgram } from "./support/server-program.mjs";
import { runInWorkerd } from "./support/workerd.mjs";

const group = "Servers and edge";

/** A runtime that is told to run a file. `args`: what it needs in front of the file. */
const runtime = (id, { name, scope, file, args }) => ({
  id,
  group,
  name,
  loads: `\`msdk-friends\`, condition \`${id}\`; the wasm is read from disk`,
  notRun: "",
  budgetMs: 60_000,
  prepare: () => installNeeds(id),
  async run(bench) {
    const command = [neededProgram(bench.prepared, scope, file), ...args];
    const report = await runServerProgram(bench, { id, form: "mjs", command, entry: "msdk-friends" });
    return { version: neededVersion(bench.prepared, id), report };
  },
});

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
  runtime("deno", {
    name: "Deno",
    scope: "@deno",
    file: "deno",
    args: ["run", "--no-remote", "--allow-net=127.0.0.1", "--allow-read"],
  }),
  runtime("bun", { name: "Bun", scope: "@oven", file: "bin/bun", args: ["run", "--no-install"] }),
];
