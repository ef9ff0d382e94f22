// One run of the program in a bare engine, with the package as a mini-game or an engine's project loads it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";

import { syntaxBeyondEs2018 } from "../../packaging/old-syntax.mjs";
import { openAs } from "./bare-page.mjs";
import { checkStandIns } from "./checks.mjs";
import { queueFaults } from "./queue.mjs";
import { CALLED_OFF as CALLED_OFF_BY_CHECKS, transportFaults } from "./transport.mjs";

const STEP_MS = 30_000;
const PROGRAM_MS = 60_000;

/** A directory's modules as a mini-game's `require` takes them: by the package's name, and by that of `./mini`. */
export function required(directory) {
  const names = readdirSync(directory).filter((name) => name.endsWith(".js"));
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
  const script = `{
    const load = standIn.makeRequire(${JSON.stringify(files)});
    standIn.package = load("./mini");
    if (load("./index") !== standIn.package) throw new Error("mini.js gives another package than index.js");
  }`;
  return { texts: Object.values(files), script };
}

/** A script that leaves its global. */
export function classic(path) {
  const text = readFileSync(path, "utf8");
  return { texts: [text], script: `${text}\nstandIn.package = MsdkFriends` };
}

/**
 * Runs the program in the engine as `settings` make it (inside/index.mjs). `load`: the package as above; `findsHost`:
 * whether it finds the vendor's object by itself; `options`: more for `createClient`; `wasmAttempts`: how often it has to
 * ask the vendor for the wasm; `check`: an expression that gives more failures.
 */
export async function runBare({ sandbox, program }, engine, way) {
  await checkStandIns(engine, { hasWasm: way.settings.wasm !== undefined });
  for (const text of way.load.texts) await checkSyntax(text);
  const page = await openAs(engine, way.settings);
  try {
    await page.evaluate(`${way.load.script};0`, STEP_MS, "msdk-friends.js");
    await page.evaluate(`${program.script};0`, STEP_MS, "program.js");
    await page.evaluate(`standIn.surroundings = ${surroundings(sandbox, way)};0`, STEP_MS, "surroundings.js");
    const run = "hostProgram.runProgram(standIn.package, standIn.surroundings)";
    const report = await page.evaluate(run, PROGRAM_MS, "run.js");
    const own = way.check ? await page.evaluate(way.check, STEP_MS, "check.js") : [];
    const queue = await queueFaults(page);
    // Of Alipay's request no such option is documented.
    const transport = await transportFaults(page, { knowsManual: way.settings.vendor !== "my" });
    const traps = await trapFaults(page, way, CALLED_OFF + CALLED_OFF_BY_CHECKS + queue.calledOff);
    const failures = [...report.failures, ...own, ...queue.faults, ...transport, ...traps];
    return { version: engine.version, report: { ...report, failures } };
  } finally {
    await page.close();
    await engine.close();
  }
}

/** Nothing that the packers refuse, and nothing that esbuild would write otherwise for the engines of 2017. */
async function checkSyntax(text) {
  const found = syntaxBeyondEs2018(text);
  const [old, asIs] = await Promise.all(
    ["es2017", "esnext"].map(async (target) => (await transform(text, { target, logLevel: "silent" })).code),
  );
  if (old !== asIs) found.push("syntax of ES2018 or later");
  if (found.length > 0) throw new Error(`in a script of the package: ${found.join(", ")}`);
}

const surroundings = (sandbox, { findsHost, options = {} }) => `Object.assign(
  ${JSON.stringify(sandbox)},
  {
    options: Object.assign(${findsHost ? "{}" : "{ host: standIn.host }"}, ${JSON.stringify(options)}),
    answering: (answer) => Object.assign({ host: standIn.answeringHost(answer) }, ${JSON.stringify(options)}),
  })`;

/** What the program calls off: the call that takes too long, and the one it gives up. */
const CALLED_OFF = 2;

/** What the program does not know: what was touched on the way, which core ran, whether the host's own task was ended. */
async function trapFaults(page, { wasmAttempts }, calledOff) {
  const seen = await page.evaluate("standIn.seen()", STEP_MS, "seen.js");
  const faults = seen.touched.map(([name, stack]) => `${name} was touched:\n${stack}`);
  if (seen.wasmAttempts !== wasmAttempts) {
    faults.push(`the vendor was asked for the wasm ${seen.wasmAttempts} times, not ${wasmAttempts}`);
  }
  if (seen.calledOff !== calledOff) {
    faults.push(`of the host's tasks ${seen.calledOff} were ended, not ${calledOff}`);
  }
  return faults;
}
