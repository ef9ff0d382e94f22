// Mini-games and game engines: bare engines with every global of a page removed or booby-trapped, and stand-ins for the
// vendors' own API.

import { join } from "node:path";

import { launchBareV8 } from "../../tools/engines/bare-v8.mjs";
import { launchJsc } from "../../tools/engines/jsc.mjs";
import { launchQuickjs } from "../../tools/engines/quickjs.mjs";
import { setUpJsc } from "../../tools/setup/jsc.mjs";
import { installNeeds } from "../../tools/setup/needs.mjs";
import { classic, required, runBare } from "./standins/bare-run.mjs";

const engines = {
  v8: { name: "V8", launch: () => launchBareV8() },
  jsc: { name: "JavaScriptCore", prepare: () => setUpJsc(), launch: (jsc) => launchJsc(jsc) },
  jscNoJit: {
    name: "JavaScriptCore without its JIT",
    prepare: () => setUpJsc(),
    launch: (jsc) => launchJsc({ ...jsc, jit: false }),
  },
  quickjs: {
    name: "QuickJS",
    prepare: () => installNeeds("quickjs-emscripten"),
    launch: (directory) => launchQuickjs(directory),
  },
};

/** Where WeChat's npm step puts it. */
const defaultPath = "/miniprogram_npm/msdk-friends/msdk_friends.wasm";

const miniprogram = ({ app }) => join(app, "node_modules", "msdk-friends", "dist", "miniprogram");

/** `wasm`: how the vendor's API behaves, where there is one. `wasmAttempts`: how often it has to be asked. */
function host(id, { engine, group = "Mini-games", name, wasm, wasmAttempts = 0, settings, load, ...about }) {
  const { prepare, launch, name: engineName } = engines[engine];
  return {
    id,
    group,
    name: `${name} in ${engineName}`,
    ...about,
    budgetMs: 90_000,
    prepare,
    async run(bench) {
      const directory = miniprogram(bench);
      const files = { [about.options?.wasmPath || defaultPath]: join(directory, "msdk_friends.wasm") };
      return runBare(bench, await launch(bench.prepared), {
        settings: { ...settings, wasm: wasm && { files, fails: 0, ...wasm } },
        load: load(directory),
        wasmAttempts,
        findsHost: about.findsHost,
        options: about.options,
      });
    },
  };
}

const wasmByPath = "`msdk-friends/mini`; the wasm by its path";
const asScript = "`msdk-friends/mini`; the core as JavaScript";
const standIns = (...apis) =>
  `a device; ${apis.join(" and ")} ${apis.length > 1 ? "are stand-ins" : "is a stand-in"}`;
const queue = "more calls at once than the host takes";

const mini = (id, more) => host(id, { load: required, alsoRun: queue, ...more });

export default [
  mini("v8-wechat", {
    engine: "v8",
    name: "WeChat mini-game",
    loads: `${wasmByPath} through \`WXWebAssembly\``,
    alsoRun: `${queue}; a first attempt at the wasm that fails`,
    notRun: standIns("`wx`", "`WXWebAssembly`"),
    findsHost: true,
    settings: { vendor: "wx", gameGlobal: true },
    wasm: { gives: "result", fails: 1 },
    wasmAttempts: 2,
  }),
  mini("v8-wechat-fallback", {
    engine: "v8",
    name: "WeChat mini-game",
    loads: `${asScript}, by \`wasmPath: false\``,
    notRun: standIns("`wx`", "`WXWebAssembly`"),
    findsHost: true,
    options: { wasmPath: false },
    settings: { vendor: "wx", gameGlobal: true },
    wasm: { gives: "result" },
  }),
  mini("jsc-wechat", {
    engine: "jsc",
    name: "WeChat mini-game",
    loads: `${wasmByPath} through \`WXWebAssembly\``,
    notRun: standIns("`wx`", "`WXWebAssembly`"),
    settings: { vendor: "wx", gameGlobal: true },
    wasm: { gives: "instance" },
    wasmAttempts: 1,
  }),
  mini("jsc-wechat-nojit", {
    engine: "jscNoJit",
    name: "WeChat mini-game",
    loads: `${wasmByPath} through \`WXWebAssembly\`, interpreted`,
    notRun: `an iPhone, whose engine this comes closest to; \`wx\` and \`WXWebAssembly\` are stand-ins`,
    settings: { vendor: "wx", gameGlobal: true },
    wasm: { gives: "result" },
    wasmAttempts: 1,
  }),
  mini("quickjs-wechat", {
    engine: "quickjs",
    name: "WeChat mini-game",
    loads: `${asScript}, since there is no wasm`,
    notRun: `${standIns("`wx`")}; no vendor is known to use this engine`,
    findsHost: true,
    settings: { vendor: "wx", gameGlobal: true },
  }),
  mini("v8-douyin", {
    engine: "v8",
    name: "Douyin mini-game",
    loads: `${wasmByPath}, \`wasmPath\` given, through \`TTWebAssembly\``,
    notRun: standIns("`tt`", "`TTWebAssembly`"),
    findsHost: true,
    options: { wasmPath: "/wasm/msdk_friends.wasm" },
    // A newer engine's, of which use is made only where they are.
    settings: {
      vendor: "tt",
      kept: ["FinalizationRegistry", "WeakRef", "queueMicrotask", "BigInt", "Proxy"],
    },
    wasm: { gives: "instance" },
    wasmAttempts: 1,
  }),
  mini("v8-qq", {
    engine: "v8",
    name: "QQ mini-game",
    loads: `${wasmByPath} through \`QQWebAssembly\``,
    notRun: standIns("`qq`", "`QQWebAssembly`"),
    settings: { vendor: "qq", gameGlobal: true },
    wasm: { gives: "result" },
    wasmAttempts: 1,
  }),
  mini("v8-alipay", {
    engine: "v8",
    name: "Alipay mini-game",
    loads: `${asScript}, since there is no wasm`,
    alsoRun: "",
    notRun: standIns("`my`"),
    findsHost: true,
    settings: { vendor: "my" },
  }),
  ...["v8", "jsc"].map((engine) =>
    host(`${engine}-classic`, {
      engine,
      group: "Engines",
      name: "LayaAir, Egret: a plain script",
      loads: "`dist/miniprogram/msdk-friends.js`, global `MsdkFriends`; the core as JavaScript",
      alsoRun: queue,
      notRun: "the engines themselves, and their web builds; `wx` is a stand-in",
      findsHost: true,
      settings: { vendor: "wx", gameGlobal: engine === "v8" },
      load: (directory) => classic(join(directory, "msdk-friends.js")),
    }),
  ),
];
