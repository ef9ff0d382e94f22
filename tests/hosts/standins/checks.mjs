// Whether the stand-ins keep their word in this engine: before a host relies on a trap, the trap has been seen to fire.

import { deepEqual, equal, match } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openAs } from "./bare-page.mjs";

/** Written apart from traps.mjs: a name that is lost there is missed here. */
const mustFire =
  `TextEncoder TextDecoder fetch Headers Request Response URL URLSearchParams AbortController AbortSignal
  FormData Blob File ReadableStream XMLHttpRequest WebSocket crypto performance Intl structuredClone atob btoa DOMException
  Event EventTarget MessageChannel window self document navigator location localStorage process Buffer global globalThis
  WebAssembly SharedArrayBuffer Atomics eval Function`.split(/\s+/);

const mustBeAbsent =
  `wx tt qq ks bl swan qg WXWebAssembly TTWebAssembly QQWebAssembly MYWebAssembly CCWebAssembly GameGlobal
  FinalizationRegistry WeakRef queueMicrotask BigInt Proxy console print readFile outside setInterval`.split(
    /\s+/,
  );

const tooNew =
  `Promise.prototype.finally Promise.allSettled Promise.any Object.fromEntries Object.hasOwn Array.prototype.flat
  Array.prototype.flatMap Array.prototype.at Array.prototype.findLast Uint8Array.prototype.at String.prototype.at
  String.prototype.matchAll String.prototype.replaceAll String.prototype.trimStart String.prototype.trimEnd
  Symbol.prototype.description ArrayBuffer.prototype.resize`.split(/\s+/);

/** What an engine does not let go of. */
const kept = ["DataView.BYTES_PER_ELEMENT", "Symbol.asyncIterator", "Symbol.matchAll"];

const LIMIT_MS = 10_000;

/** Throws unless every trap fires and every fake behaves. `hasWasm`: whether the engine can stand in for a vendor's wasm. */
export async function checkStandIns(engine, { hasWasm }) {
  await withPage(engine, { vendor: "my" }, checkTraps);
  await withPage(engine, { vendor: "my" }, checkAlipay);
  await withPage(engine, { vendor: "wx" }, checkWechat);
  if (hasWasm) await checkWasm(engine);
}

async function withPage(engine, settings, check) {
  const page = await openAs(engine, settings);
  try {
    await check((text) => page.evaluate(text, LIMIT_MS, "check.js"));
  } finally {
    await page.close();
  }
}

const touchedNames = "standIn.seen().touched.map(([name]) => name)";

async function checkTraps(evaluate) {
  for (const use of ["%", "typeof %", "% = 1", "this.%"]) {
    for (const name of mustFire) {
      const text = use.replace("%", name);
      equal(
        await evaluate(`try { ${text}; "nothing" } catch (error) { error.message }`),
        message(name),
        text,
      );
    }
  }
  deepEqual((await evaluate(touchedNames)).sort(), [...mustFire].sort());

  const makers = ["function () {}", "function* () {}", "async function () {}", "async function* () {}"];
  for (const maker of makers) {
    const text = `try { (${maker}).constructor("return 1") } catch (error) { error.message }`;
    equal(await evaluate(text), message("Function"), maker);
  }
  for (const name of mustBeAbsent) equal(await evaluate(`typeof ${name}`), "undefined", name);
  for (const path of tooNew) equal(await evaluate(`Reflect.has(${ownerAndKey(path)})`), false, path);
  const left = await evaluate("standIn.newer()");
  deepEqual(
    left.filter((name) => !kept.includes(name)),
    [],
  );
}

const message = (name) => `${name} was touched, which a mini-game does not have`;

function ownerAndKey(path) {
  const at = path.lastIndexOf(".");
  return `${path.slice(0, at)}, ${JSON.stringify(path.slice(at + 1))}`;
}

/** A host that answers with its own request in the headers of the answer, and the functions that ask it. */
const asking = `
  const answer = ({ url, headers, body }) =>
    ({ status: Number(url.split("?")[1]), headers: { "Content-Type": "text/x", "X-Sent": headers["x-sent"] }, body });
  const host = standIn.answeringHost(answer);
  const ask = (options, before) => new Promise((resolve) => {
    let completed = 0;
    const told = (how) => (result) => setTimeout(() => resolve({ how, result, completed }), 0);
    const task = host.request(Object.assign({ method: "POST", data: '{"a":"é😀"}', success: told("success"), fail: told("fail"),
      complete() { completed += 1; } }, options));
    if (before) before(task);
  });
  const bytes = ({ how, result, completed }) =>
    ({ how, completed, kind: Object.prototype.toString.call(result.data), length: result.data.byteLength });
  const at = (status) => "http://127.0.0.1/x?" + status;
`;
const asked = (text) => `(() => { ${asking} return (async () => { ${text} })(); })()`;

async function checkWechat(evaluate) {
  const json = await evaluate(asked('return ask({ url: at(503), header: { "x-sent": "1" } })'));
  deepEqual(json, {
    how: "success",
    completed: 1,
    result: {
      statusCode: 503,
      header: { "cOnTeNt-tYpE": "text/x", "x-sEnT": "1" },
      data: { a: "é😀" },
      errMsg: "request:ok",
    },
  });
  const raw = await evaluate(asked('return bytes(await ask({ url: at(200), responseType: "arraybuffer" }))'));
  deepEqual(raw, { how: "success", completed: 1, kind: "[object ArrayBuffer]", length: 14 });
  const text = await evaluate(asked('return (await ask({ url: at(200), dataType: "text" })).result.data'));
  equal(text, '{"a":"é😀"}');
  const failures = {
    "ask({ url: at(200) }, (task) => task.abort())": "abort",
    'ask({ url: "/relative?200" })': "invalid url",
    "ask({ url: at(200), data: new Uint8Array(2) })":
      "parameter error: data is neither a text nor an ArrayBuffer",
    "ask({ url: at(200), header: { a: 1 } })": "parameter error: header a is no text",
  };
  for (const [call, why] of Object.entries(failures)) {
    const expected = { how: "fail", completed: 1, result: { errMsg: `request:fail ${why}` } };
    deepEqual(await evaluate(asked(`return ${call}`)), expected, call);
  }
  const many = asked("return Promise.all(Array.from({ length: 12 }, () => ask({ url: at(200) })))");
  const outcomes = (await evaluate(many)).map(({ result }) => result.errMsg);
  deepEqual(outcomes.slice(0, 10), Array(10).fill("request:ok"));
  for (const why of outcomes.slice(10)) match(why, /^request:fail exceed max request connection count 10$/);

  const refused = await evaluate('new Promise((fail) => wx.request({ url: "http://127.0.0.1:1/", fail }))');
  match(refused.errMsg, /^request:fail errcode:-102 .*ECONNREFUSED/);
  deepEqual(await evaluate(touchedNames), []);
}

async function checkAlipay(evaluate) {
  const failed = await evaluate(asked("return ask({ url: at(404) })"));
  equal(failed.how, "fail");
  equal(failed.result.error, 19);
  equal(failed.result.status, 404);
  deepEqual(failed.result.headers, { "cOnTeNt-tYpE": "text/x" });
  deepEqual(failed.result.data, { a: "é😀" });
  const raw = await evaluate(asked('return bytes(await ask({ url: at(201), dataType: "arraybuffer" }))'));
  deepEqual(raw, { how: "success", completed: 1, kind: "[object ArrayBuffer]", length: 14 });
  const aborted = await evaluate(asked("return ask({ url: at(200) }, (task) => task.abort())"));
  deepEqual([aborted.how, aborted.result.error, aborted.completed], ["fail", 9, 1]);
}

/** Exports a function that gives 42, a memory, and a Global, which an iPhone would drop. */
const probe = Buffer.from(
  "0061736d010000000105016000017f0302010005030100010606017f0041070b070d0301660000016d020001670300" +
    "0a06010400412a0b",
  "hex",
);

/** What the vendors' wasm API takes and what it gives. */
async function checkWasm(engine) {
  const directory = mkdtempSync(join(tmpdir(), "msdk-probe-"));
  const file = join(directory, "probe.wasm");
  writeFileSync(file, probe);
  const wasm = { files: { "/probe.wasm": file }, fails: 1 };
  const given = `WXWebAssembly.instantiate("/probe.wasm", {}).then((given) => {
      const { exports } = given.instance || given;
      return [Object.keys(given), Object.keys(exports), exports.f(), exports.m.buffer.byteLength];
    })`;
  try {
    for (const gives of ["instance", "result"]) {
      await withPage(engine, { vendor: "wx", wasm: { ...wasm, gives } }, async (evaluate) => {
        await checkRefusals(evaluate);
        const key = gives === "instance" ? "exports" : "instance";
        deepEqual(await evaluate(given), [[key], ["f", "m"], 42, 65_536]);
      });
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function checkRefusals(evaluate) {
  deepEqual(await evaluate("Object.keys(WXWebAssembly)"), ["instantiate"]);
  const refusals = {
    "new Uint8Array(8)": /is no absolute path$/,
    '"probe.wasm"': /is no absolute path$/,
    '"/elsewhere.wasm"': /is not in the package$/,
    '"/probe.wasm"': /attempt 1 failed$/,
  };
  for (const [argument, why] of Object.entries(refusals)) {
    match(await evaluate(`WXWebAssembly.instantiate(${argument}, {}).catch((error) => error.message)`), why);
  }
  equal(await evaluate("standIn.seen().wasmAttempts"), 1);
}
