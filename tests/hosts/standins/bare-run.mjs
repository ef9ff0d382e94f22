// One run of the program in a bare engine, with the package as a mini-game or an engine's project loads it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { openAs } from "./bare-page.mjs";
import { checkStandIns } from "./checks.mjs";

const LOAD_MS = 20_000;

/** The modules of `msdk-friends/mini` in the installed package, as texts by file name. */
export function miniFiles(directory) {
  const names = readdirSync(directory).filter((name) => name.endsWith(".js"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}

/** How a script gets the package inside the engine: `setUp` is evaluated first, `value` is what gives the package. */
export const required = (files) => ({
  setUp: [["require.js", `standIn.modules = standIn.makeRequire(${JSON.stringify(files)}); 0`]],
  value: 'standIn.modules.require("./index.js")',
  loaded: "standIn.modules.loaded()",
});

export const classic = (text) => ({ setUp: [["msdk-friends.js", `${text}\n;0`]], value: "MsdkFriends", loaded: "[]" });

/**
 * Runs the program. `settings` as the stand-in takes them, `passHost` whether `createClient` gets the host or finds it,
 * `options` more of its options, `fallback` whether the package runs without wasm.
 */
export async function runBare(bench, engine, { settings, load, passHost, options = {}, fallback, timeoutMs }) {
  await checkStandIns(engine, { hasWasm: settings.wasm !== undefined });
  const page = await openAs(engine, settings);
  try {
    for (const [name, text] of load.setUp) await page.evaluate(text, LOAD_MS, name);
    await page.evaluate(`${bench.program.script}\n;0`, LOAD_MS, "program.js");
    const surroundings = { baseUrl: bench.sandbox.url, key: bench.sandbox.key, gameId: bench.sandbox.gameId };
    const report = await page.evaluate(
      `(() => {
        const options = ${JSON.stringify(options)};
        return hostProgram.runProgram(${load.value}, Object.assign(${JSON.stringify(surroundings)}, {
          options: Object.assign(${passHost ? "{ host: standIn.host() }" : "{}"}, options),
          answering: (answer) => Object.assign({ host: standIn.answeringHost(answer) }, options),
        }));
      })()`,
      timeoutMs,
      "run.js",
    );
    const seen = await page.evaluate("standIn.seen()", LOAD_MS, "seen.js");
    const loaded = await page.evaluate(load.loaded, LOAD_MS, "loaded.js");
    const failures = [...report.failures, ...faults(seen, loaded, { settings, fallback })];
    return { version: engine.version, report: { ...report, failures } };
  } finally {
    await page.close();
  }
}

/** What the program cannot know: what was touched, and which core ran. */
function* faults({ touched, wasmAttempts }, loaded, { settings, fallback }) {
  for (const [name, stack] of touched) yield `${name} was touched:\n${stack}`;
  if (!settings.wasm) return;
}
