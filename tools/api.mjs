// npm run api: whether the crate's public API is the one that tests/api.txt says; `npm run api -- --write` writes that.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { exitOnFailure, Failure } from "./failure.mjs";
import { root, scratch } from "./paths.mjs";
import { ask, run } from "./processes.mjs";

/** What tools/api reads: rustdoc's format changes with Rust. */
const FORMAT = 57;
const snapshot = join(root, "tests", "api.txt");
const directory = join(scratch, "api");
const documentFile = join(directory, "doc", "msdk_friends.json");

await exitOnFailure(async () => {
  const format = await writeDocument();
  if (format !== FORMAT) {
    console.log(`skipped: this Rust's rustdoc writes format ${format}, and tools/api reads ${FORMAT}`);
    return;
  }
  const api = await publicApi();
  if (process.argv.includes("--write")) writeFileSync(snapshot, api);
  else compare(readFileSync(snapshot, "utf8"), api);
});

/** Gives the format of what rustdoc wrote. */
async function writeDocument() {
  mkdirSync(directory, { recursive: true });
  const cargo = ["rustdoc", "--locked", "--quiet", "--lib", "--features", "serde", "--target-dir", directory];
  await run("cargo", [...cargo, "--", "-Z", "unstable-options", "--output-format", "json"], {
    // A stable Rust writes it too, where it is told that its format may change.
    env: { RUSTC_BOOTSTRAP: "1" },
    timeoutMs: 300_000,
  });
  return JSON.parse(readFileSync(documentFile, "utf8")).format_version;
}

async function publicApi() {
  await run("cargo", ["build", "--locked", "--quiet", "--package", "msdk-friends-api"], {
    timeoutMs: 300_000,
  });
  const api = await ask("cargo", [
    "run",
    "--locked",
    "--quiet",
    "--package",
    "msdk-friends-api",
    documentFile,
  ]);
  if (!api) throw new Failure("tools/api printed nothing");
  return `${api}\n`;
}

function compare(before, now) {
  const [old, current] = [before, now].map((text) => new Set(text.split("\n")));
  const lines = [
    ...[...old].filter((line) => !current.has(line)).map((line) => `- ${line}`),
    ...[...current].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
  ];
  if (lines.length === 0) return console.log(`the public API is that of tests/api.txt, ${old.size} lines`);
  console.error(lines.join("\n"));
  throw new Failure("the public API has changed: if that is meant, npm run api -- --write");
}
