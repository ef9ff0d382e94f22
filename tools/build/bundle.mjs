// One source of pkg/src as the files that are published.

import { join } from "node:path";
import * as esbuild from "esbuild";

import { Failure } from "../failure.mjs";
import { dist, pkg } from "../paths.mjs";
import { GLOBAL } from "./entries.mjs";
import { wasmAsText } from "./inlined.mjs";

/** An entry's files: `{ path, contents }` for each of its formats. */
export async function bundle(entry) {
  const made = [];
  if (entry.esm) made.push(asModule(entry));
  if (entry.cjs) made.push(asCommonJs(entry));
  if (entry.script) made.push(asScript(entry));
  return (await Promise.all(made)).flat();
}

const asModule = (entry) => build(entry, entry.source, ".js", { format: "esm", target: entry.esm });

function asCommonJs(entry) {
  const importMetaUrl = {
    banner: { js: 'const importMetaUrl = require("url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "importMetaUrl" },
  };
  return build(entry, entry.cjsSource ?? entry.source, ".cjs", {
    format: "cjs",
    target: entry.cjs,
    ...(entry.platform === "node" && !entry.cjsSource ? importMetaUrl : {}),
  });
}

/**
 * A script that engines load as it is, and that `require` takes too. Minified: it is shipped as it stands. With a module
 * over it, for loaders that give of CommonJS the default alone.
 */
async function asScript(entry) {
  const [{ exports }] = await inspect(entry);
  const names = exports.filter((name) => !name.startsWith("_")).join(", ");
  const footer = [
    // Where every file is a module, as in a mini-game, a `var` is no global.
    `if (typeof GameGlobal === "object") GameGlobal.${GLOBAL} = ${GLOBAL};`,
    `if (typeof module === "object" && module.exports) module.exports = ${GLOBAL};`,
    // Never run: how Node finds the names that \`import\` may use.
    `0 && (module.exports = { ${names} });`,
  ];
  const script = await build(entry, entry.source, ".js", {
    ...scriptOptions(entry),
    format: "iife",
    globalName: GLOBAL,
    minify: true,
    footer: { js: footer.join("\n") },
  });
  const module = `import msdk from "./${entry.name}.js";\nexport const { ${names} } = msdk;\nexport default msdk;\n`;
  return [...script, { path: join(dist, `${entry.module}.js`), contents: Buffer.from(module) }];
}

const scriptOptions = (entry) => ({ target: entry.script, conditions: ["mini"] });

async function inspect(entry) {
  const { metafile } = await esbuild.build({
    ...common(entry, entry.source, ".js"),
    ...scriptOptions(entry),
    format: "esm",
    metafile: true,
  });
  return Object.values(metafile.outputs);
}

async function build(entry, source, extension, options) {
  const { outputFiles, warnings } = await esbuild.build({
    ...common(entry, source, extension),
    minify: isUnread(source, extension),
    minifyWhitespace: isUnread(source, extension) || source.startsWith("proxy/"),
    ...options,
  });
  if (warnings.length > 0) throw new Failure(`esbuild has ${warnings.length} warning(s) on ${source}`);
  return outputFiles.map(({ path, contents }) => ({ path, contents: Buffer.from(contents) }));
}

/**
 * The core as JavaScript, programs that are run, and second copies as CommonJS: nobody reads them, and the tarball has a limit.
 * The proxy keeps the names that its stacks show, and loses its blanks.
 */
const isUnread = (source, extension) => extension === ".cjs" || /wasm2js|^sandbox\/|\/bin\.ts$/.test(source);

const common = (entry, source, extension) => ({
  entryPoints: [join(pkg, "src", source)],
  outfile: join(dist, entry.name + extension),
  absWorkingDir: pkg,
  bundle: true,
  write: false,
  platform: entry.platform ?? "neutral",
  charset: "utf8",
  legalComments: "none",
  plugins: [beside(entry, extension), wasmAsText],
  logLevel: "warning",
});

/** Imports what is published beside the file, instead of holding a second copy. */
function beside(entry, extension) {
  const external = (path) => ({ path, external: true });
  return {
    name: "beside",
    setup(build) {
      // The CommonJS forms, and the sandbox's command.
      if (/^(proxy|sandbox)\//.test(entry.name)) {
        build.onResolve(
          { filter: /^\.\/index\.ts$/ },
          ({ kind }) => kind !== "entry-point" && external("./index.js"),
        );
      }
      if (entry.name.startsWith("proxy/")) {
        build.onResolve({ filter: /^\.\..*\/facade\.ts$/ }, () => external(`../facade${extension}`));
        // Each host's own way to the wasm.
        build.onResolve({ filter: /^\.\..*\/entries\/node\.ts$/ }, () => external("msdk-friends"));
        if (entry.name !== "proxy/index") {
          build.onResolve({ filter: /^\.\.\/index\.ts$/ }, () => external(`./index${extension}`));
          build.onResolve({ filter: /^\.\.\/node\/index\.ts$/ }, () => external(`./node${extension}`));
        }
      }
      if (!entry.isShared) return;
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
        // The lists of names stay: what else the facade has is no entry's business.
        const isOwn = path.endsWith("/api.ts") || !importer.endsWith(".ts");
        if (!isOwn && path.endsWith(".ts")) return external(`./facade${extension}`);
        if (extension === ".cjs" && path.endsWith("/wasm2js.js")) return { path, namespace: "published" };
      });
      // The script holds the core too: it is published once for all of CommonJS.
      build.onLoad({ filter: /./, namespace: "published" }, () => ({
        contents: 'export { __wasm2js as instantiate } from "./miniprogram/msdk-friends.js";',
      }));
      build.onResolve({ filter: /^\.\/miniprogram\// }, ({ path }) => external(path));
    },
  };
}
