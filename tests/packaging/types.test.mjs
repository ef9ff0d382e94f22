import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { installedProject, node, root } from "./tarball.mjs";

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

const consumers = [
  { name: "Node ESM", type: "module", module: "node16", moduleResolution: "node16", host: "node" },
  { name: "Node CommonJS", type: "commonjs", module: "node16", moduleResolution: "node16", host: "node" },
  { name: "a bundler's page", type: "module", module: "esnext", moduleResolution: "bundler", host: "page" },
  { name: "a bundler's server", type: "module", module: "esnext", moduleResolution: "bundler", host: "node" },
];

describe("TypeScript consumers, strict", () => {
  for (const { name, type, module, moduleResolution, host } of consumers) {
    it(name, async () => {
      const { project } = await installedProject({ type });
      if (host === "node") linkNodeTypes(project);
      const config = {
        compilerOptions: {
          ...{ target: "es2022", module, moduleResolution, strict: true, noEmit: true },
          // Every line of our declarations is checked; a server has no DOM library, and they need none.
          skipLibCheck: false,
          exactOptionalPropertyTypes: true,
          ...(host === "node" ? { lib: ["es2022"], types: ["node"] } : { lib: ["es2022", "dom"], types: [] }),
        },
        files: host === "node" ? ["consumer.ts", "server.ts"] : ["consumer.ts"],
      };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
      const said = await node([tsc, "-p", project]).catch((error) => error.stdout);
      assert.equal(said, "");
    });
  }
});

describe("TypeScript in a mini-game, strict", () => {
  for (const [name, lib] of [
    ["with ES2017 alone", ["es2017"]],
    ["with a page's library, as many projects have", ["es2017", "dom"]],
  ]) {
    it(name, async () => {
      const { project } = await installedProject({ type: "commonjs" });
      const config = {
        compilerOptions: {
          ...{ target: "es2017", module: "esnext", moduleResolution: "bundler", strict: true, noEmit: true },
          ...{ skipLibCheck: false, exactOptionalPropertyTypes: true, lib, types: [] },
        },
        files: ["mini.ts"],
      };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
      const said = await node([tsc, "-p", project]).catch((error) => error.stdout);
      assert.equal(said, "");
    });
  }
});

it("TypeScript in a script without modules, strict", async () => {
  const { project, installed } = await installedProject({ type: "commonjs" });
  copyFileSync(join(installed, "dist", "mini.d.cts"), join(project, "msdk-friends.d.ts"));
  const config = {
    compilerOptions: {
      ...{ target: "es2017", module: "none", lib: ["es2017"], types: [], strict: true, noEmit: true },
      ...{ skipLibCheck: false, exactOptionalPropertyTypes: true },
    },
    files: ["script.ts", "msdk-friends.d.ts"],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  const said = await node([tsc, "-p", project]).catch((error) => error.stdout);
  assert.equal(said, "");
});

/** What a Node project has installed beside us. */
function linkNodeTypes(project) {
  mkdirSync(join(project, "node_modules", "@types"));
  for (const name of ["@types/node", "undici-types"]) {
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name));
  }
}
