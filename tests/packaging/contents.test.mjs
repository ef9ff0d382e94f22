import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

import { entries } from "../../tools/build/entries.mjs";
import { machineTexts } from "../../tools/build/machine.mjs";
import { typeFiles } from "../../tools/build/types.mjs";
import { namesUsedFreely } from "./bare-names.mjs";
import { syntaxBeyondEs2018 } from "./old-syntax.mjs";
import { installedProject, listed, pack } from "./tarball.mjs";

const limit = 250_000;

describe("the tarball", () => {
  let tarball;
  let installed;
  before(async () => {
    tarball = await pack();
    ({ installed } = await installedProject());
  });
  const text = (path) => readFileSync(join(installed, path), "latin1");

  it("holds what the entries say, and nothing else", () => {
    const scripts = entries.flatMap(({ name, esm, cjs, script, module }) => [
      ...(esm || script ? [`dist/${name}.js`] : []),
      ...(module ? [`dist/${module}.js`] : []),
      ...(cjs ? [`dist/${name}.cjs`] : []),
    ]);
    const types = typeFiles().map((path) => path.slice(path.indexOf("dist/")));
    const game = ["index.js", "mini.js", "msdk_friends.wasm", "package.json"].map(
      (name) => `dist/miniprogram/${name}`,
    );
    const documents = listed(installed).filter((path) =>
      /^(README\.md|CHANGELOG\.md|LICENSE-\w+)$/.test(path),
    );
    assert.deepEqual(listed(installed), [...scripts, ...types, ...game, ...documents, "package.json"].sort());
    assert.equal(listed(installed).filter((path) => path.endsWith(".wasm")).length, 1);
  });

  it(`is at most ${limit} bytes`, (context) => {
    context.diagnostic(`${tarball.size} bytes packed, ${tarball.unpackedSize} unpacked`);
    assert.ok(tarball.size <= limit, `${tarball.size} bytes`);
  });

  it("names no path of this machine", () => {
    for (const path of listed(installed)) {
      const found = machineTexts().filter((machine) => text(path).includes(machine));
      assert.deepEqual(found, [], path);
    }
  });

  it("keeps `main`, which packers that know no `exports` read, free of newer syntax", () => {
    const { main } = JSON.parse(text("package.json"));
    for (const path of [main, "dist/facade.js"]) assert.deepEqual(syntaxBeyondEs2018(text(path)), [], path);
  });

  it("keeps the script of ./mini free of what mini-games lack, and asks `typeof` before what some have", () => {
    assert.deepEqual(namesUsedFreely(text("dist/miniprogram/msdk-friends.js")), []);
    for (const use of [
      "wx.request()",
      "typeof fetch",
      "typeof my === 'object' && wx",
      "new URL(a)",
      "BigInt(1)",
    ]) {
      assert.equal(namesUsedFreely(`function f(a) { ${use} }`).length, 1, use);
    }
    for (const use of [
      "typeof wx !== 'undefined' && wx",
      "typeof wx === 'object' ? wx : a",
      "a.URL",
      "({ fetch: a })",
    ]) {
      assert.deepEqual(namesUsedFreely(`function f(a) { ${use} }`), [], use);
    }
  });

  it("has types that are right under every resolution", async () => {
    const data = createPackageFromTarballData(new Uint8Array(readFileSync(tarball.path)));
    const { problems } = await checkPackage(data);
    assert.deepEqual(problems, []);
  });

  it("passes publint", async () => {
    const archive = readFileSync(tarball.path);
    const bytes = archive.buffer.slice(archive.byteOffset, archive.byteOffset + archive.byteLength);
    const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      [],
    );
  });
});
