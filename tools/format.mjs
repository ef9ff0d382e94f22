// npm run format: writes what rustfmt and Biome would otherwise complain about.

import "./setup/node.mjs";

import { exitOnFailure } from "./failure.mjs";
import { installed } from "./paths.mjs";
import { run } from "./processes.mjs";
import { setUpComponent } from "./setup/rust.mjs";
import { setUp } from "./setup.mjs";

await exitOnFailure(async () => {
  await setUp();
  await setUpComponent("rustfmt", "fmt");
  await run("cargo", ["fmt", "--all"]);
  await run(process.execPath, [installed("@biomejs", "biome", "bin", "biome"), "check", "--write"]);
});
