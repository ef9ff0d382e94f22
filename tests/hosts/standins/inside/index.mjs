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

const wechatUpTo = (atOnce) => (carry, gauge) => wechatLike({ atOnce, carry, timers, gauge });

const vendors = {
  wx: { prefix: "WX", atOnce: 10, host: wechatUpTo(10) },
  qq: { prefix: "QQ", atOnce: 10, host: wechatUpTo(10) },
  tt: { prefix: "TT", atOnce: 15, host: wechatUpTo(15) },
  my: { prefix: "MY", atOnce: null, host: (carry) => alipay({ carry, timers }) },
};

/**
 * Makes the engine a vendor's: `vendor` as in `vendors`; `wasm`, if it has any, as vendor-wasm.mjs takes it; `kept`, the
 * optional globals that this one has; `gameGlobal`, whether it is a mini-game.
 */
function become({ vendor, wasm, kept = [], gameGlobal = false }) {
  const { prefix, atOnce, host } = vendors[vendor];
  const touched = setTraps(globals, [...kept, "standIn"]);
  let calledOff = 0;
  const carry = live(outside, () => {
    calledOff += 1;
  });
  const gauge = { open: 0, peak: 0 };
  const given = Object.assign(
    { [vendor]: host(carry, gauge) },
    timers,
    gameGlobal && { GameGlobal: globals },
  );
  const vendorsWasm = wasm && vendorWasm(Object.assign({ name: `${prefix}WebAssembly`, outside }, wasm));
  if (vendorsWasm) given[`${prefix}WebAssembly`] = vendorsWasm.api;
  for (const name of Object.keys(given)) {
    Object.defineProperty(globals, name, { value: given[name], configurable: true, writable: true });
  }
  Object.assign(globals.standIn, {
    host: given[vendor],
    atOnce,
    /** How many of its requests are open. */
    open: () => gauge.open,
    /** How many have been open at once since the last time that somebody asked. */
    peak() {
      const { peak } = gauge;
      gauge.peak = gauge.open;
      return peak;
    },
    /** A host whose answers come from memory. */
    answeringHost: (answer) => host(fromMemory(answer, timers)),
    /** What is known after the run. */
    seen: () => ({
      touched: [...touched],
      wasmAttempts: vendorsWasm ? vendorsWasm.attempts() : 0,
      calledOff,
    }),
  });
}

globals.standIn = {
  become,
  makeRequire: (files) => makeRequire(files, outside.run),
  /** What the engine did not let go of. */
  newer: () => newerThan2017().map(([name]) => name),
};
