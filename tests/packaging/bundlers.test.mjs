import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import * as esbuild from "esbuild";
import * as vite from "vite";

import { installedProject, listed } from "./tarball.mjs";

describe("bundlers with the installed tarball", () => {
  let project;
  let installed;
  before(async () => {
    ({ project, installed } = await installedProject());
  });

  async function bundled(contents, options = {}) {
    const { outputFiles } = await esbuild.build({
      stdin: { contents, resolveDir: project },
      absWorkingDir: project,
      bundle: true,
      minify: true,
      write: false,
      logLevel: "error",
      format: "esm",
      target: "es2020",
      ...options,
    });
    return outputFiles[0].text.trim();
  }

  it("Vite finds the wasm by itself and emits it once", async () => {
    await vite.build({ root: project, configFile: false, logLevel: "error", build: { target: "es2022" } });
    const dist = join(project, "dist");
    const files = listed(dist);
    const wasm = files.filter((path) => path.endsWith(".wasm"));
    assert.equal(wasm.length, 1, files.join(", "));
    const packed = readFileSync(join(installed, "dist", "miniprogram", "msdk_friends.wasm"));
    assert.ok(readFileSync(join(dist, wasm[0])).equals(packed));
    const scripts = files.filter((path) => path.endsWith(".js"));
    const asset = wasm[0].split(/[\\/]/).at(-1);
    assert.ok(scripts.some((path) => readFileSync(join(dist, path), "utf8").includes(asset)));
  });

  it("Vite gives the wasm's address for the subpath with ?url", async () => {
    const entry = join(project, "url.mjs");
    const code = 'import url from "msdk-friends/msdk_friends.wasm?url"; document.title = url;';
    writeFileSync(entry, code);
    const build = { write: false, assetsInlineLimit: 0, rollupOptions: { input: entry } };
    const { output } = await vite.build({ root: project, configFile: false, logLevel: "error", build });
    const asset = output.find(({ fileName }) => fileName.endsWith(".wasm"));
    assert.equal(output.find(({ type }) => type === "chunk").code.includes(asset.fileName), true);
  });

  for (const entry of ["msdk-friends", "msdk-friends/slim", "msdk-friends/inline", "msdk-friends/wasm2js"]) {
    it(`a bare import costs nothing: ${entry}`, async () => {
      assert.equal(await bundled(`import ${JSON.stringify(entry)};`), "");
    });

    it(`one constant brings neither glue nor client: ${entry}`, async () => {
      const text = await bundled(
        `import { Channel } from ${JSON.stringify(entry)}; console.log(Channel.QQ);`,
      );
      assert.ok(text.length < 1000, `${text.length} bytes: ${text.slice(0, 2000)}`);
    });
  }

  it("the pure functions alone bring no client, no retries and no transport", async () => {
    const text = await bundled(
      'export { init, sign, canonicalRequest, parseFriendList, avatarUrl, maskGender, packArkExtra } from "msdk-friends";',
    );
    assert.match(text, /cssPixels/, "what is looked for is in the bundle where it belongs");
    for (const trace of ["totalTimeoutMs", "retry-after", "onRetry", "redirect", "queryOptions", "proxied"]) {
      assert.equal(text.includes(trace), false, trace);
    }
  });

  it("a client whose calls a proxy signs brings nothing of remoteSigner", async () => {
    const client = "export { createClient, keySigner, proxied";
    const trace = "the sign endpoint failed";
    assert.match(await bundled(`${client}, remoteSigner } from "msdk-friends";`), new RegExp(trace));
    assert.equal((await bundled(`${client} } from "msdk-friends";`)).includes(trace), false);
  });

  // `sideEffects: false` is a promise that bundlers believe. Here it is kept: without package.json in sight nothing of a
  // module may be left, since its top level only declares. Rollup, since esbuild keeps `const limit = 16 * mib`.
  for (const name of ["browser", "slim", "inline", "wasm2js"]) {
    it(`importing does nothing: ${name}.js`, async () => {
      cpSync(join(installed, "dist", "facade.js"), join(project, "facade.js"));
      cpSync(join(installed, "dist", `${name}.js`), join(project, `pure-${name}.js`));
      const entry = join(project, `import-${name}.js`);
      writeFileSync(entry, `import "./pure-${name}.js";`);
      const build = { write: false, target: "esnext", lib: { entry, formats: ["es"], fileName: name } };
      const [{ output }] = await vite.build({ root: project, configFile: false, logLevel: "error", build });
      assert.equal(output[0].code.trim(), "");
    });
  }
});
