// The stages of npm test: what each runs, and how its tests are counted.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { makeProgram, programs } from "../build/programs.mjs";
import { root, scratch } from "../paths.mjs";
import { finish, start } from "../processes.mjs";
import { setUpCompilers } from "../setup/compilers.mjs";
import { setUpWasm3 } from "../setup/wasm3.mjs";
import { typeChecks } from "../typescript.mjs";
import { add, cargoCounts, none, tapCounts } from "./counts.mjs";

const minutes = (count) => count * 60_000;

export const stages = [
  { name: "rust", limitMs: minutes(15), run: runRust },
  { name: "capi", limitMs: minutes(10), run: runCapi },
  { name: "types", limitMs: minutes(5), needsBuild: true, run: runTypes },
  { name: "js", limitMs: minutes(10), needsBuild: true, run: nodeTests("js") },
  { name: "proxy", limitMs: minutes(10), needsBuild: true, run: nodeTests("proxy") },
  { name: "packaging", limitMs: minutes(10), needsBuild: true, run: nodeTests("packaging") },
  {
    name: "chromium",
    limitMs: minutes(10),
    needsBuild: true,
    needsChromium: true,
    run: runChromium,
  },
  { name: "web", limitMs: minutes(10), needsBuild: true, needsChromium: true, run: runWeb },
];

/** Runs one stage; what goes wrong is counted and named, never thrown, so that the other stages run too. */
export async function runStage(stage, environment) {
  console.log(`\n=== ${stage.name} ===`);
  const began = performance.now();
  const problems = [];
  let counts = none;
  try {
    const context = { deadline: began + stage.limitMs, environment, problems };
    counts = await stage.run(context);
  } catch (error) {
    problems.push(error.message);
  }
  if (counts.passed + counts.failed === 0) problems.push("no test ran");
  // A compiler error, a crash or a time limit fails the stage even where no test reported it.
  if (problems.length > 0 && counts.failed === 0) counts = add(counts, { ...none, failed: 1 });
  for (const problem of problems) console.error(`${stage.name}: ${problem}`);
  return { name: stage.name, counts, problems, seconds: (performance.now() - began) / 1000 };
}

/** Runs a command with its output shown, in a group of its own, which is ended at the stage's time limit. */
async function runShown(command, args, { deadline, environment, problems }) {
  const child = start(command, args, { group: true, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const result = await finish(child, {
    timeoutMs: Math.max(1, deadline - performance.now()),
    onOutput: (text) => process.stdout.write(text),
  });
  const shown = [command === process.execPath ? "node" : command, ...args.slice(0, 2)].join(" ");
  if (result.timedOut) problems.push(`${shown} … was ended at the time limit`);
  else if (result.code !== 0) problems.push(`${shown} … ended with ${result.signal ?? result.code}`);
  return result;
}

async function runRust(context) {
  const tests = await runShown("cargo", ["test", "--locked"], context);
  // Only what the feature adds; everything else was just run without it, as most native programs build it.
  const withSerde = await runShown(
    "cargo",
    ["test", "--locked", "--features", "serde", "--test", "json_output"],
    context,
  );
  return [
    ...[tests, withSerde].map(({ output }) => cargoCounts(output)),
    await checkApi(context),
    await checkNativeTree(context),
  ].reduce(add);
}

/** Nobody's program may break by chance: counted as one test. */
async function checkApi(context) {
  const { code, output } = await runShown(process.execPath, ["tools/api.mjs"], context);
  if (code !== 0) return { ...none, failed: 1 };
  return output.includes("skipped:") ? { ...none, skipped: 1 } : { ...none, passed: 1 };
}

/** The C interface: its wasm in an embedding runtime, then C programs over the wasm and over the static library. */
async function runCapi(context) {
  const { buildCapiWasm, capiFile } = await import("../build/capi.mjs");
  const { buildCapiLibrary } = await import("../build/cargo.mjs");
  await setUpCompilers();
  await buildCapiWasm();
  const environment = {
    ...context.environment,
    MSDK_CAPI_WASM: capiFile,
    MSDK_CAPI_LIBRARY: await buildCapiLibrary(),
    MSDK_WASM3: await setUpWasm3(),
  };
  const within = { ...context, environment };
  const { output } = await runShown("cargo", ["test", "--locked", "--package", "msdk-capi-tests"], within);
  return add(cargoCounts(output), await nodeTests("capi")(within));
}

/** A native program must get no wasm crate from us, whatever it turns on: counted as one test. */
async function checkNativeTree(context) {
  const args = ["tree", "--locked", "--package", "msdk-friends", "--all-features"];
  args.push("--edges", "normal", "--prefix", "none");
  const tree = await runShown("cargo", args, context);
  const wasm = [...tree.output.matchAll(/^(wasm-bindgen|js-sys|web-sys|serde-wasm-bindgen)\b.*$/gm)].map(
    ([line]) => line,
  );
  if (wasm.length > 0) context.problems.push(`the native dependency tree holds ${wasm.join(", ")}`);
  return tree.code === 0 && wasm.length === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 };
}

async function runTypes(context) {
  let counts = none;
  for (const { name, args } of typeChecks()) {
    const { code } = await runShown(process.execPath, args, context);
    console.log(`${code === 0 ? "ok  " : "FAIL"} ${name}`);
    counts = add(counts, code === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 });
  }
  return counts;
}

/** The feature `web`. Its programs are made first, since the tests run side by side. */
async function runWeb(context) {
  for (const name of Object.keys(programs)) await makeProgram(name);
  return nodeTests("web")(context);
}

/** Several files open the console, and may do so at once: it is built before. */
async function runChromium(context) {
  const { buildConsole } = await import("../start/console.mjs");
  await buildConsole();
  return nodeTests("browser")(context);
}

/** Every `tests/<directory>/*.test.ts` and `.test.mjs`, in Node's own runner. */
export function nodeTests(directory) {
  return async (context) => {
    const path = join(root, "tests", directory);
    const files = (existsSync(path) ? readdirSync(path) : [])
      .filter((name) => /\.test\.(ts|mjs)$/.test(name))
      .sort();
    if (files.length === 0) return none;

    mkdirSync(scratch, { recursive: true });
    const report = join(scratch, `${directory}.tap`);
    rmSync(report, { force: true });
    await runShown(
      process.execPath,
      [
        ...["--import", "tsx", "--test"],
        ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
        ...["--test-reporter=tap", `--test-reporter-destination=${report}`],
        ...files.map((name) => join("tests", directory, name)),
      ],
      context,
    );
    return existsSync(report) ? tapCounts(readFileSync(report, "utf8")) : none;
  };
}
