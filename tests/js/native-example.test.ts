// examples/native.rs, run against the sandbox as its reader runs it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";

const root = fileURLToPath(new URL("../..", import.meta.url));
const KEY = "native-fake-key";
const TOKEN = "native-token";
const OPENID = "4724195171999796436";
/** With the example and its HTTP client to compile. */
const LIMIT_MS = 300_000;

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox({ key: KEY, gameId: "12", friends: 3 });
});
after(() => sandbox.close());

/** Gives the exit code and what was printed. */
async function run(key: string, url = sandbox.url): Promise<{ code: number; out: string; err: string }> {
  const args = ["run", "--locked", "--quiet", "--example", "native", "--", url, "12", OPENID];
  const env = { ...process.env, MSDK_KEY: key, MSDK_TOKEN: TOKEN };
  return promisify(execFile)("cargo", args, { cwd: root, env, timeout: LIMIT_MS }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}

it("lists the friends with their pictures", async () => {
  const { code, out, err } = await run(KEY);
  assert.equal(err, "");
  assert.equal(code, 0);
  const lines = out.trim().split("\n");
  assert.equal(lines.at(-1), "3 friends");
  assert.equal(lines.length, 4);
  assert.match(lines[0] ?? "", /^张伟 1\thttps:\/\/wx\.qlogo\.cn\/\S+\/96$/);
});

it("says why the backend refused, and nothing secret", async () => {
  const { code, out, err } = await run("another-key");
  assert.deepEqual([code, out], [1, ""]);
  assert.match(err, /^ret 1008, .*Check that the key is the one of this gameid and source/);
  for (const secret of ["another-key", TOKEN, OPENID]) assert.equal(err.includes(secret), false, secret);
});

it("says that nobody listens", async () => {
  const { code, err } = await run(KEY, "http://127.0.0.1:1");
  assert.equal(code, 1);
  assert.match(err, /refused/);
});
