import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { key, startSandboxProgram } from "./sandbox-process.mjs";
import { installedProject, node } from "./tarball.mjs";

describe("the installed tarball in Node", () => {
  let project;
  let sandbox;
  before(async () => {
    ({ project } = await installedProject());
    sandbox = await startSandboxProgram(project);
  });
  after(() => sandbox?.end());

  const run = async (...args) => JSON.parse(await node(args, { cwd: project }));

  for (const program of ["list", "list-slim", "list-inline"]) {
    for (const extension of ["mjs", "cjs"]) {
      it(`lists the sandbox's friends: ${program}.${extension}`, async () => {
        const names = await run(`${program}.${extension}`, sandbox.url, key);
        assert.ok(names.length > 0);
        assert.ok(
          names.every((name) => typeof name === "string" && name !== ""),
          `names: ${names}`,
        );
      });
    }
  }

  for (const extension of ["mjs", "cjs"]) {
    it(`starts and closes a sandbox: sandbox.${extension}`, async () => {
      assert.equal(await run(`sandbox.${extension}`), true);
    });
  }

  for (const entry of [
    "msdk-friends",
    ...["slim", "inline", "mini", "sandbox"].map((name) => `msdk-friends/${name}`),
  ]) {
    it(`exports the same by import and by require: ${entry}`, async () => {
      const { esm, cjs } = await run("exports.mjs", entry);
      assert.ok(esm.length > 0);
      assert.deepEqual(cjs, esm);
    });
  }

  it("exports the same from every entry that holds the client", async () => {
    const whole = await run("exports.mjs", "msdk-friends");
    assert.deepEqual(await run("exports.mjs", "msdk-friends/slim"), whole);
    assert.deepEqual(await run("exports.mjs", "msdk-friends/inline"), whole);
  });
});
