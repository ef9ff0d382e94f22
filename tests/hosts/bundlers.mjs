// The tarball, bundled as its users bundle it, in Chromium.

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { installNeeds } from "../../tools/setup/needs.mjs";
import { needed, neededVersion } from "./support/needed.mjs";
import { chromium, html, runInPage } from "./support/pages.mjs";
import { serveSite } from "./support/site.mjs";
import { relayScript, workerScript } from "./support/workers.mjs";

const wasm = "msdk-friends/msdk_friends.wasm";

/** A project's own script. `prelude`: imports and statements of its own; `init`: what comes before the first call. */
const mainScript = ({ imports = "", init = "" } = {}) => `import * as msdk from "msdk-friends";
import { runOnWeb } from "./web.mjs";
${imports}
window.run = async (sandbox) => {
  ${init}
  return runOnWeb(msdk, sandbox);
};
`;

/** Writes the project; gives its directory, its script, and where a bundle goes. */
function writeProject({ app, program }, id, { script, page }) {
  const directory = join(app, id);
  const dist = join(directory, "dist");
  mkdirSync(dist, { recursive: true });
  copyFileSync(program.webModule, join(directory, "web.mjs"));
  const entry = join(directory, "main.mjs");
  writeFileSync(entry, script);
  writeFileSync(join(directory, "index.html"), html('<script type="module" src="./main.mjs"></script>'));
  if (page) writeFileSync(join(dist, "index.html"), html(page));
  return { app, id, directory, dist, entry };
}

/** A page knows what it loaded itself, and not what its worker did. */
async function runBuilt(bench, dist, inWorker) {
  const site = await serveSite(dist);
  try {
    return await runInPage(bench, chromium, site.url, inWorker ? {} : { fetchesWasm: true });
  } finally {
    await site.close();
  }
}

const resolveIn = (app, name) => createRequire(join(app, "package.json")).resolve(name);

/** What Vite is told in both its forms. The package lies beside the project's directory, so that is not its root. */
const viteConfig = (project) => ({
  root: project.app,
  configFile: false,
  logLevel: "error",
  clearScreen: false,
});

async function serveByVite(bench, project) {
  const { createServer } = await import("vite");
  const server = await createServer({
    ...viteConfig(project),
    optimizeDeps: { exclude: ["msdk-friends"] },
    server: { host: "127.0.0.1", port: 0, hmr: false, ws: false, watch: null },
  });
  try {
    await server.listen();
    const url = `http://127.0.0.1:${server.httpServer.address().port}/${project.id}/`;
    return await runInPage(bench, chromium, url, { fetchesWasm: true });
  } finally {
    await server.close();
  }
}

async function buildByVite(project) {
  const { build } = await import("vite");
  const input = join(project.directory, "index.html");
  const { dist } = project;
  await build({
    ...viteConfig(project),
    root: project.directory,
    build: { outDir: dist, emptyOutDir: false, rollupOptions: { input } },
  });
}

const buildByWebpack =
  (target) =>
  async ({ app, dist, entry }, needs) => {
    const { default: webpack } = await needed(needs, "webpack");
    const output = { path: dist, filename: "main.js" };
    const compiler = webpack({ context: app, mode: "production", target, entry, output });
    const stats = await new Promise((resolve, reject) =>
      compiler.run((error, result) => (error ? reject(error) : resolve(result))),
    );
    await new Promise((resolve) => compiler.close(resolve));
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ colors: false }));
  };

async function buildByRollup({ app, dist, entry }, needs) {
  const { rollup } = await needed(needs, "rollup");
  const { nodeResolve } = await needed(needs, "@rollup/plugin-node-resolve");
  const bundle = await rollup({ input: entry, plugins: [nodeResolve({ browser: true })] });
  await bundle.write({ file: join(dist, "main.js"), format: "es" });
  await bundle.close();
  // Rollup leaves `new URL("./miniprogram/…", import.meta.url)` as it is.
  mkdirSync(join(dist, "miniprogram"));
  copyFileSync(resolveIn(app, wasm), join(dist, "miniprogram", "msdk_friends.wasm"));
}

async function buildByEsbuild({ app, dist, entry }) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: app,
    entryPoints: [entry],
    outfile: join(dist, "main.js"),
    bundle: true,
    minify: true,
    format: "esm",
    loader: { ".wasm": "file" },
    logLevel: "warning",
  });
}

const module = '<script type="module" src="./main.js"></script>';
const classic = '<script defer src="./main.js"></script>';

/** The version of a bundler among the repository's own. */
const ownVersion = async (name) => (await import(name)).version;

const host = (id, { name, loads, needs, version, project, bundle, serve, inWorker }) => ({
  id,
  group: "Bundlers",
  name,
  loads,
  notRun: "browsers other than Chromium",
  budgetMs: 120_000,
  async prepare() {
    if (needs) await installNeeds(needs);
    return chromium.setUp();
  },
  async run(bench) {
    const installed = needs && (await installNeeds(needs));
    const written = writeProject(bench, id, { script: mainScript(), ...project });
    if (bundle) await bundle(written, installed);
    const { report } = await (serve ? serve(bench, written) : runBuilt(bench, written.dist, inWorker));
    return { version: await (needs ? neededVersion(installed, needs) : ownVersion(version ?? id)), report };
  },
});

export default [
  host("vite-dev", {
    name: "Vite dev server",
    loads: "`msdk-friends` with `optimizeDeps.exclude`; the wasm from `node_modules`",
    version: "vite",
    project: {},
    serve: serveByVite,
  }),
  host("vite-build", {
    name: "Vite build",
    loads: "`msdk-friends`; Vite copies the wasm",
    version: "vite",
    project: {},
    bundle: buildByVite,
  }),
  host("webpack", {
    name: "webpack",
    loads: "`msdk-friends`; webpack copies the wasm",
    needs: "webpack",
    project: { page: classic },
    bundle: buildByWebpack("web"),
  }),
  host("webpack-worker", {
    name: "webpack, for a worker",
    loads: "`msdk-friends`, conditions `worker` and `import`; webpack copies the wasm",
    needs: "webpack",
    project: {
      page: `<script>${relayScript("main.js")}</script>`,
      script: workerScript("msdk-friends", "./web.mjs"),
    },
    bundle: buildByWebpack("webworker"),
    inWorker: true,
  }),
  host("rollup", {
    name: "Rollup",
    loads: "`msdk-friends`; the wasm is copied into `miniprogram/` beside the bundle by hand",
    needs: "rollup",
    project: { page: module },
    bundle: buildByRollup,
  }),
  host("esbuild", {
    name: "esbuild",
    loads: "`msdk-friends`; the wasm's address through `--loader:.wasm=file` and `init`",
    project: {
      page: module,
      script: mainScript({
        imports: `import wasm from ${JSON.stringify(wasm)};`,
        init: "await msdk.init(new URL(wasm, import.meta.url));",
      }),
    },
    bundle: buildByEsbuild,
  }),
];
