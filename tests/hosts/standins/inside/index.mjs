// What a bare engine runs after its driver's own part: takes the way outside, and leaves one global, `standIn`.

import { alipay } from "./alipay.mjs";
import { fromMemory, live } from "./carriers.mjs";
import { newerThan2017 } from "./es2017.mjs";
import { makeRequire } from "./require.mjs";
import { makeTimers } from "./timers.mjs";
import { setTraps } from "./traps.mjs";
import { vendorWasm } from "./vendor-wasm.mjs";
import { wechatLike } from "./wechat.mjs";

const globals = globalThis;
const { outside } = globals;
delete globals.outside;

const timers = makeTimers(outside);

const vendors = {
  wx: { prefix: "WX", host: (carry) => wechatLike({ atOnce: 10, carry, timers }) },
  qq: { prefix: "QQ", host: (carry) => wechatLike({ atOnce: 10, carry, timers }) },
  tt: { prefix: "TT", host: (carry) => wechatLike({ atOnce: 15, carry, timers }) },
  my: { prefix: "MY", host: (carry) => alipay({ carry, timers }) },
};

let state;

/**
 * Makes the engine a vendor's: `vendor` as in `vendors`; `wasm`, if it has any, as vendor-wasm.mjs takes it; `kept`, the
 * optional globals that this one has; `gameGlobal`, whether it is a mini-game.
 */
function become({ vendor, wasm, kept = [], gameGlobal = false }) {
  const { prefix, host } = vendors[vendor];
  const touched = setTraps(globals, { kept: [...kept, "standIn"] });
  const given = Object.assign(
    { [vendor]: host(live(outside)) },
    timers,
    gameGlobal && { GameGlobal: globals },
  );
  const vendorsWasm = wasm && vendorWasm(Object.assign({ name: `${prefix}WebAssembly`, outside }, wasm));
  if (vendorsWasm) given[`${prefix}WebAssembly`] = vendorsWasm.api;
  for (const name of Object.keys(given)) {
    Object.defineProperty(globals, name, { value: given[name], configurable: true, writable: true });
  }
  state = { vendor, host, touched, wasmAttempts: vendorsWasm ? vendorsWasm.attempts : () => 0 };
}

globals.standIn = {
  become,
  makeRequire: (files) => makeRequire(files, outside.run),
  /** A host whose answers come from memory. */
  answeringHost: (answer) => state.host(fromMemory(answer, timers)),
  host: () => globals[state.vendor],
  /** What is known after the run. */
  seen: () => ({ touched: [...state.touched], wasmAttempts: state.wasmAttempts() }),
  /** What the engine did not let go of. */
  newer: () => newerThan2017().map(([name]) => name),
};
