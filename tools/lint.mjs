// npm run lint: clippy, rustfmt, Biome and TypeScript strict. All run, also when one finds something.

import "./setup/node.mjs";

import { exitOnFailure, Failure } from "./failure.mjs";
import { installed } from "./paths.mjs";
import { finish, start } from "./processes.mjs";
import { setUpComponent, setUpTarget } from "./setup/rust.mjs";
import { setUp } from "./setup.mjs";
import { pageTarget, wasmTarget } from "./target.mjs";
import { typeChecks } from "./typescript.mjs";

const clippy = (...args) => ["cargo", ["clippy", "--locked", ...args, "--", "-D", "warnings"]];

const rustdoc = (features, ...args) => ({
  command: [
    "cargo",
    ["doc", "--locked", "--no-deps", "--package", "msdk-friends", "--features", features, ...args],
  ],
  env: { RUSTDOCFLAGS: "-D warnings" },
});

const linters = () => [
  { name: "clippy, native", command: clippy("--workspace", "--all-targets") },
  { name: "clippy, native with serde", command: clippy("--all-targets", "--features", "serde") },
  {
    name: "clippy, wasm",
    command: clippy("--lib", "--features", "wasm", "--target", wasmTarget),
  },
  {
    name: "clippy, web",
    command: clippy(
      ...["msdk-friends", "msdk-web-example", "msdk-web-tests"].flatMap((name) => ["--package", name]),
      ...["--lib", "--features", "msdk-friends/web", "--target", pageTarget],
    ),
  },
  { name: "rustdoc, native", ...rustdoc("serde") },
  { name: "rustdoc, web", ...rustdoc("serde,web", "--target", pageTarget) },
  { name: "clippy, native with every feature", command: clippy("--all-targets", "--all-features") },
  {
    name: "clippy, wasm of the C interface",
    command: clippy("--lib", "--features", "capi", "--target", wasmTarget),
  },
  { name: "rustfmt", command: ["cargo", ["fmt", "--all", "--check"]] },
  {
    name: "biome",
    command: [
      process.execPath,
      [installed("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings"],
    ],
  },
  ...typeChecks().map(({ name, args }) => ({ name, command: [process.execPath, args] })),
];

await exitOnFailure(async () => {
  await setUp();
  await setUpTarget(pageTarget);
  await setUpComponent("clippy", "clippy");
  await setUpComponent("rustfmt", "fmt");

  const failed = [];
  for (const { name, command, env } of linters()) {
    console.log(`\n=== ${name} ===`);
    const { code } = await finish(start(...command, { env }), { timeoutMs: 900_000 });
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0)
    throw new Failure(`lint: ${failed.join("; ")} failed. "npm run format" settles the layout.`);
  console.log("\nlint: all clean");
});
