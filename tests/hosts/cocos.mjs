// The Cocos Creator example: checked against the engine's typings, then its scene script in a bare engine.

import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

import { launchBareV8 } from "../../tools/engines/bare-v8.mjs";
import { installed, root } from "../../tools/paths.mjs";
import { run } from "../../tools/processes.mjs";
import { installNeeds } from "../../tools/setup/needs.mjs";
import { runBare } from "./standins/bare-run.mjs";

const standIn = (name) => fileURLToPath(new URL(`standins/cocos/${name}`, import.meta.url));

/** The example as a user has it: with the package and the typings installed. */
async function checkTypes(app, needs) {
  const project = join(app, "cocos");
  cpSync(join(root, "examples", "cocos"), project, { recursive: true });
  mkdirSync(join(project, "node_modules"), { recursive: true });
  symlinkSync(join(app, "node_modules", "msdk-friends"), join(project, "node_modules", "msdk-friends"));
  symlinkSync(join(needs, "node_modules", "@cocos"), join(project, "node_modules", "@cocos"));
  const tsc = installed("typescript", "bin", "tsc");
  await run(process.execPath, [tsc, "-p", project], { what: "tsc of examples/cocos", timeoutMs: 60_000 });
}

/** As the editor's loader does it: a module gets of a CommonJS one its exports as `default`, and no names. */
const defaultAlone = (app) => {
  const script = join(app, "node_modules", "msdk-friends", "dist", "miniprogram", "msdk-friends.js");
  return {
    name: "default-alone",
    setup(bundler) {
      bundler.onResolve({ filter: /\/msdk-friends\.js$/ }, ({ kind }) =>
        kind === "import-statement" ? { path: script, namespace: "default-alone" } : undefined,
      );
      bundler.onLoad({ filter: /.*/, namespace: "default-alone" }, () => ({
        contents: `export default require(${JSON.stringify(script)});`,
        resolveDir: app,
      }));
    },
  };
};

async function bundleScene(app) {
  const { outputFiles } = await build({
    entryPoints: [standIn("scene.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "scene",
    target: "es2017",
    alias: { cc: standIn("cc.mjs") },
    plugins: [defaultAlone(app)],
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

export default [
  {
    id: "cocos",
    group: "Engines",
    name: "Cocos Creator: the scene script of [examples/cocos](examples/cocos) in V8",
    loads: "`msdk-friends/mini`, bundled with the scene by the condition `import`; the core as JavaScript",
    alsoRun: "the engine's typings 3.8.8; the tree that the scene draws from the sandbox",
    notRun: "the editor and the engine, whose `cc` is a stand-in; `wx` is one too",
    budgetMs: 120_000,
    prepare: () => installNeeds("cocos"),
    async run(bench) {
      await checkTypes(bench.app, bench.prepared);
      const text = await bundleScene(bench.app);
      return runBare(bench, await launchBareV8(), {
        settings: { vendor: "wx", gameGlobal: true },
        load: { texts: [text], script: `${text}\nstandIn.package = scene.msdk` },
        findsHost: true,
        options: { wasmPath: false },
        wasmAttempts: 0,
        check: "scene.check(standIn.surroundings)",
      });
    },
  },
];
