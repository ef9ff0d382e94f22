// The entries: their names, imported or required, beside each other, alone in a directory and in a worker.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { DESCRIBE, inChild } from "../twin/child.ts";
import { assertConfig, type Outcome, resolve, SIG, using, WASM } from "./support/loading.ts";

describe("the entries", { concurrency: 3 }, () => {
  const NAMES = [
    "Channel",
    "Environment",
    "MsdkError",
    "Os",
    "avatarSize",
    "avatarSrcset",
    "avatarUrl",
    "canonicalRequest",
    "createClient",
    "endpoints",
    "init",
    "isMsdkError",
    "keySigner",
    "maskGender",
    "packArkExtra",
    "parseFriendList",
    "proxied",
    "remoteSigner",
    "shareLimits",
    "sign",
  ];

  for (const entry of ["msdk-friends", "msdk-friends/slim", "msdk-friends/inline"]) {
    test(`${entry}: import and require give the same names, and both work`, async () => {
      const result = await inChild(`${using(entry)}
        import { createRequire } from "node:module";
        const required = createRequire(import.meta.url)(${JSON.stringify(entry)});
        const before = await outcome(() => required.maskGender(1, 1));
        await required.init(wasm);
        const untouched = await outcome(() => msdk.maskGender(1, 1));
        await msdk.init(wasm);
        const error = await outcome(() => required.avatarSize(1, 0));
        let known; try { required.avatarSize(1, 0) } catch (thrown) { known = [msdk.isMsdkError(thrown), thrown instanceof msdk.MsdkError] }
        print({ names: [Object.keys(msdk).sort(), Object.keys(required).filter((name) => name !== "__esModule").sort()],
          before: before.kind, untouched: untouched.kind, sig: [works(), required.maskGender(1, 2)], error: error.kind, known });`);
      assert.deepEqual(result, {
        names: [NAMES, NAMES],
        before: "config",
        // Two modules, two states: neither half-works because of the other.
        untouched: "config",
        sig: [SIG, 2],
        error: "request",
        known: [true, false],
      });
    });

    test(`${entry}: required in a program that is CommonJS itself`, async () => {
      const result = await inChild(`
        import { execFileSync } from "node:child_process";
        const program = \`
          const { readFileSync } = require("node:fs");
          const { init, maskGender, createClient } = require(${JSON.stringify(entry)});
          init(${entry === "msdk-friends/slim" ? `readFileSync(${JSON.stringify(WASM)})` : ""})
            .then(() => console.log(maskGender(1, 2), typeof createClient));
        \`;
        print(execFileSync(process.execPath, ["--input-type=commonjs", "--eval", program], { encoding: "utf8" }).trim());`);
      assert.equal(result, "2 function");
    });
  }

  test("entries in one process share the core, whichever loads it, and their errors", async () => {
    const result = await inChild(`
      import * as node from "msdk-friends";
      import * as inline from "msdk-friends/inline";
      import * as slim from "msdk-friends/slim";
      ${DESCRIBE}
      const ready = async () => Promise.all([node, inline, slim].map(async (entry) => (await outcome(() => entry.maskGender(1, 1))).kind ?? "ready"));
      const steps = [await ready()];
      const error = await slim.init().catch((error) => error);
      await inline.init();
      steps.push(await ready());
      await slim.init();
      const known = [node, inline, slim].map(({ isMsdkError, MsdkError }) => [isMsdkError(error), error instanceof MsdkError]);
      const lists = [node, inline].map(({ parseFriendList }) => parseFriendList('{"ret":0,"lists":[{"openid":"1","city":"头"}]}', { channel: 1 }));
      print({ steps, known, same: JSON.stringify(lists[0]) === JSON.stringify(lists[1]) });`);
    assert.deepEqual(result, {
      steps: [
        ["config", "config", "config"],
        ["ready", "ready", "ready"],
      ],
      known: [
        [true, true],
        [true, true],
        [true, true],
      ],
      same: true,
    });
  });

  describe("alone in a directory", () => {
    let directory: string;

    before(() => {
      directory = mkdtempSync(join(tmpdir(), "msdk friends "));
      writeFileSync(join(directory, "package.json"), '{"type":"module"}');
      for (const entry of ["msdk-friends/inline", "msdk-friends"]) {
        const commonJs = resolve(entry);
        const module = commonJs.replace(/\.cjs$/, ".js");
        for (const file of [commonJs, module]) copyFileSync(file, join(directory, basename(file)));
      }
      for (const file of ["facade.js", "facade.cjs"]) {
        copyFileSync(join(dirname(resolve("msdk-friends")), file), join(directory, file));
      }
    });

    after(() => rmSync(directory, { recursive: true }));

    test("inline needs no file and no request", async () => {
      assert.ok(!readdirSync(directory).some((name) => name.endsWith(".wasm")));
      const result = await inChild(
        `
        import fs from "node:fs";
        import { syncBuiltinESMExports } from "node:module";
        import { createRequire } from "node:module";
        ${DESCRIBE}
        const modules = [await import("./inline.js"), createRequire(import.meta.url)("./inline.cjs")];
        const refuse = (name) => () => { throw new Error(name + " is not for inline"); };
        for (const name of ["readFile", "open"]) fs.promises[name] = refuse(name);
        for (const name of ["readFile", "readFileSync", "openSync", "open", "createReadStream"]) fs[name] = refuse(name);
        syncBuiltinESMExports();
        globalThis.fetch = refuse("fetch");
        const seen = [];
        for (const msdk of modules) seen.push(await outcome(async () => { await msdk.init(); return msdk.maskGender(1, 2); }));
        print(seen);`,
        { directory },
      );
      assert.deepEqual(result, [{ value: 2 }, { value: 2 }]);
    });

    test("the main entry without its file says what to do, and takes the bytes", async () => {
      const result = await inChild(
        `
        import { readFileSync } from "node:fs";
        import { createRequire } from "node:module";
        ${DESCRIBE}
        const seen = [];
        for (const msdk of [await import("./node.js"), createRequire(import.meta.url)("./node.cjs")]) {
          seen.push(await outcome(() => msdk.init()));
          seen.push(await outcome(async () => { await msdk.init(readFileSync(${JSON.stringify(WASM)})); return msdk.maskGender(1, 2); }));
        }
        print(seen);`,
        { directory },
      );
      const [bad, good, badToo, goodToo] = result as Outcome[];
      for (const outcome of [bad, badToo]) assertConfig(outcome, /msdk_friends\.wasm.*msdk-friends\/inline/);
      assert.deepEqual([good, goodToo], [{ value: 2 }, { value: 2 }]);
    });
  });

  test("in a worker thread", async () => {
    const result = await inChild(`
      import { Worker } from "node:worker_threads";
      import { readFileSync } from "node:fs";
      // A compiled module may be sent to a worker, which then need not compile.
      const module = new WebAssembly.Module(readFileSync(${JSON.stringify(WASM)}));
      const code = \`
        const { parentPort, workerData } = require("node:worker_threads");
        const { init, maskGender } = require(\${JSON.stringify(${JSON.stringify(fileURLToPath(new URL(`file://${resolve("msdk-friends/slim")}`)))})});
        init(workerData).then(() => parentPort.postMessage(maskGender(1, 2)), (error) => parentPort.postMessage(error.message));
      \`;
      const worker = new Worker(code, { eval: true, execArgv: [], workerData: module });
      print(await new Promise((message, error) => worker.on("message", message).on("error", error)));`);
    assert.equal(result, 2);
  });
});
