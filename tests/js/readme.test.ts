// Every TypeScript block of the README compiles in strict mode and runs against the sandbox.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type RunningProxy, startProxy } from "msdk-friends/proxy/node";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";
import { PLAYER, programOf, snippets, writePrograms } from "./support/readme-snippets.ts";

const KEY = "fake-readme-key";
const blocks = snippets("ts");
const require = createRequire(import.meta.url);

let sandbox: Sandbox;
let proxy: RunningProxy;

before(async () => {
  sandbox = await startSandbox({ key: KEY, gameId: "12" });
  proxy = await startProxy({
    ...{ upstream: sandbox.url, gameId: "12", keys: { "0": KEY } },
    ...{ allowedOrigins: [], allowMissingOrigin: true, authorize: () => PLAYER },
  });
});
after(async () => {
  await proxy.close();
  await sandbox.close();
});

async function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, timeout: 60_000 });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const [code] = await once(child, "close");
  return { code, output };
}

test("the README has its snippets", () => assert.equal(blocks.length, 11));

test("the results in their comments are checked", () => {
  const checks =
    blocks
      .map(programOf)
      .join("\n")
      .match(/assert\.equal/g) ?? [];
  assert.equal(checks.length >= 3, true);
});

test("the snippets compile in strict mode", async () => {
  const { directory } = writePrograms(blocks.map(programOf));
  const config = {
    extends: new URL("../../tsconfig.base.json", import.meta.url).pathname.replaceAll("%20", " "),
    compilerOptions: { types: ["node"], customConditions: ["node"], moduleDetection: "force" },
    include: ["*.ts"],
  };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(config));
  const { code, output } = await run([require.resolve("typescript/lib/tsc.js"), "-p", directory]);
  assert.equal(code, 0, output);
});

for (const [index, block] of blocks.entries()) {
  test(`snippet ${index + 1} runs: ${block.split("\n")[0]}`, async () => {
    // The addresses of the README, on this machine.
    const local = programOf(block)
      .replaceAll(/"(https:\/\/game\.example)?\/msdk"/g, JSON.stringify(`${proxy.url}/msdk`))
      .replace("port: 8080", "port: 0")
      .replace("listen(8081)", "listen(0)")
      .replaceAll("Environment.China", JSON.stringify(sandbox.url));
    const written = writePrograms(blocks.map((other, at) => (at === index ? local : programOf(other))));
    const path = written.paths[index] as string;
    const { code, output } = await run(["--import", "tsx", path], { MSDK_KEY: KEY });
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /malformed|refused|Error|\bret \d/);
    if (index === 0) assert.match(output, /Xiao Jia/);
  });
}
