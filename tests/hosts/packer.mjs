// WeChat's own npm step, from its npm package, run on a project that depends on the tarball; what it writes then runs as a
// mini-program. The step has no network: what it writes comes from the project alone.

import { deepEqual, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { launchBareV8 } from "../../tools/engines/bare-v8.mjs";
import { installNeeds } from "../../tools/setup/needs.mjs";
import { temporaryDirectory } from "../../tools/tarball.mjs";
import { required, runBare } from "./standins/bare-run.mjs";
import { neededVersion } from "./support/needed.mjs";

const execute = promisify(execFile);
const packer = fileURLToPath(new URL("support/wechat-packer.mjs", import.meta.url));

const PACK_MS = 60_000;

/** For what the step might start: its own process is cut off from inside (wechat-packer.mjs). */
const dead = "http://127.0.0.1:1";
const offline = {
  HTTP_PROXY: dead,
  HTTPS_PROXY: dead,
  http_proxy: dead,
  https_proxy: dead,
  npm_config_offline: "true",
};

/** A package as most are: a `main` that requires another file. */
const neighbour = {
  "package.json": JSON.stringify({ name: "neighbour", version: "1.0.0", main: "index.js" }),
  "index.js": 'module.exports = require("./one.js") + 1;',
  "one.js": "module.exports = 1;",
};

/** A project with the installed package, whose package.json is `change`d, and with one more. */
function makeProject(app, change = (manifest) => manifest) {
  const project = join(temporaryDirectory(), "a game");
  const ours = join(project, "node_modules", "msdk-friends");
  cpSync(join(app, "node_modules", "msdk-friends"), ours, { recursive: true });
  const manifest = change(JSON.parse(readFileSync(join(ours, "package.json"), "utf8")));
  writeFileSync(join(ours, "package.json"), JSON.stringify(manifest));

  const theirs = join(project, "node_modules", "neighbour");
  mkdirSync(theirs);
  for (const [name, text] of Object.entries(neighbour)) writeFileSync(join(theirs, name), text);
  const dependencies = { "msdk-friends": manifest.version, neighbour: "1.0.0" };
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "game", version: "1.0.0", dependencies }),
  );
  return project;
}

/** Gives where the packages lie, and how many were copied and how many bundled. */
async function pack(needs, project) {
  const output = join(project, "packed");
  const options = { timeout: PACK_MS, env: { ...process.env, ...offline } };
  const { stdout } = await execute(process.execPath, [packer, needs, project, output], options);
  const said = JSON.parse(stdout.trim().split("\n").at(-1));
  const { miniProgramPackNum, otherNpmPackNum, warnList, connections } = said;
  deepEqual(warnList, [], "the packer warns of nothing");
  deepEqual(connections, [], "the packer connects to nobody");
  return { packed: join(output, "miniprogram_npm"), copied: miniProgramPackNum, bundled: otherNpmPackNum };
}

/** The directory that package.json names, byte for byte, beside the other package. */
async function packAndCompare({ app, prepared }) {
  const { packed, copied, bundled } = await pack(prepared, makeProject(app));
  deepEqual({ copied, bundled }, { copied: 1, bundled: 1 });
  deepEqual(readdirSync(packed).sort(), ["msdk-friends", "neighbour"]);
  const [source, result] = [
    join(app, "node_modules", "msdk-friends", "dist", "miniprogram"),
    join(packed, "msdk-friends"),
  ];
  deepEqual(readdirSync(result).sort(), readdirSync(source).sort());
  for (const name of readdirSync(source)) {
    ok(readFileSync(join(result, name)).equals(readFileSync(join(source, name))), name);
  }
  return result;
}

/** A step that does not know `miniprogram` takes `main`, and what it cannot read there ends it for every package. */
async function packWithoutField({ app, prepared }) {
  const { copied, bundled } = await pack(
    prepared,
    makeProject(app, ({ miniprogram, ...rest }) => rest),
  );
  deepEqual({ copied, bundled }, { copied: 0, bundled: 2 });
}

export default [
  {
    id: "wechat-npm",
    group: "Mini-games",
    name: "WeChat's npm step, then V8, miniprogram-ci",
    loads: "`miniprogram_npm/msdk-friends` as that step writes it; the wasm by its default path",
    alsoRun: "its files byte for byte; a package beside it; the same without the field `miniprogram`",
    notRun:
      "WeChat's developer tools, which run that step with a button; `wx` and `WXWebAssembly` are stand-ins",
    budgetMs: 120_000,
    prepare: () => installNeeds("miniprogram-ci"),
    async run(bench) {
      const directory = await packAndCompare(bench);
      await packWithoutField(bench);
      const wasm = join(directory, "msdk_friends.wasm");
      const files = { "/miniprogram_npm/msdk-friends/msdk_friends.wasm": wasm };
      const { report } = await runBare(bench, await launchBareV8(), {
        settings: { vendor: "wx", wasm: { files, gives: "result", fails: 0 } },
        load: required(directory),
        findsHost: true,
        wasmAttempts: 1,
      });
      return { version: neededVersion(bench.prepared, "miniprogram-ci"), report };
    },
  },
];
