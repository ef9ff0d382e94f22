// npm run size: what a page downloads, for each way to use the package and by ingredient; fails above the budget.

import "./setup/node.mjs";

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { exitOnFailure, Failure } from "./failure.mjs";
import { dist } from "./paths.mjs";
import { setUp } from "./setup.mjs";

/** The files and modules that are listed; what is smaller adds up to little. */
const LISTED = 12;

await exitOnFailure(async () => {
  await setUp();
  const { build } = await import("./build/steps.mjs");
  await build();
  const { measureCapi, measureUses, tarballBytes } = await import("./size/measure.mjs");
  const { codeByModule } = await import("./size/wasm.mjs");
  const budget = JSON.parse(readFileSync(new URL("size/budget.json", import.meta.url), "utf8"));

  const { sizes, files } = await measureUses();
  const capi = await measureCapi();
  const measured = {
    ...sizes,
    "the tarball, as npm packs it": await tarballBytes(),
    [capi.name]: capi.brotli,
  };
  list("wasm, bytes of code", await codeByModule());
  for (const use of Object.keys(files)) list(`${use}, minified bytes`, files[use]);

  list("what a mini-game's package grows by, bytes as they are", filesIn(join(dist, "miniprogram")));

  console.log(`\n${"brotli 11".padEnd(44)}${"bytes".padStart(8)}${"budget".padStart(8)}`);
  for (const [name, bytes] of Object.entries(measured)) {
    console.log(`${name.padEnd(44)}${`${bytes}`.padStart(8)}${`${budget[name]}`.padStart(8)}`);
  }
  console.log(`${capi.name}: ${capi.raw} bytes raw, ${capi.gzip} gzip, ${capi.brotli} brotli`);
  const over = Object.keys(measured).filter((name) => !(measured[name] <= budget[name]));
  if (over.length > 0) throw new Failure(`over the budget of tools/size/budget.json: ${over.join(", ")}`);
});

function filesIn(directory) {
  const files = readdirSync(directory).map((name) => ({ name, bytes: statSync(join(directory, name)).size }));
  return files.sort((a, b) => b.bytes - a.bytes);
}

function list(title, parts) {
  if (parts.length === 0) return;
  console.log(`\n${title}`);
  for (const { name, bytes } of parts.slice(0, LISTED)) console.log(`${`${bytes}`.padStart(8)}  ${name}`);
  const rest = parts.slice(LISTED).reduce((total, { bytes }) => total + bytes, 0);
  if (rest > 0) console.log(`${`${rest}`.padStart(8)}  the rest`);
}
