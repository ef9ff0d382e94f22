// How the core arrives in ./mini: each case in a realm of its own, with the vendor's wasm API that it has.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";

type Mini = typeof import("msdk-friends/mini");

const scriptFile = createRequire(import.meta.url).resolve("msdk-friends/mini");
const script = new Script(readFileSync(scriptFile, "utf8"));
const wasm = readFileSync(fileURLToPath(import.meta.resolve("msdk-friends/msdk_friends.wasm")));

/** Of the package's timers: its limit is one to wait for, and still longer than its pauses. */
const FASTER = 50;

/** The package as a classic script, in a realm that has these globals and fast timers. */
function load(globals: object): Mini {
  const world = createContext({
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms / FASTER),
    clearTimeout,
    ...globals,
  });
  script.runInContext(world);
  return (world as { MsdkFriends: Mini }).MsdkFriends;
}

const instantiate = async (imports: object) =>
  (await WebAssembly.instantiate(wasm, imports as WebAssembly.Imports)).instance;

/** A vendor's API that does one step a call, the last one again and again. */
function vendor(...steps: ((imports: object) => unknown)[]) {
  const paths: string[] = [];
  return {
    paths,
    instantiate(path: string, imports: object) {
      paths.push(path);
      return steps[Math.min(paths.length, steps.length) - 1]?.(imports);
    },
  };
}
const broken = () => Promise.reject(new Error("CompileError"));
const PATH = "/miniprogram_npm/msdk-friends/msdk_friends.wasm";
const answer = (mini: Mini) => mini.avatarUrl(2, "http://q.qlogo.cn/qqapp/1/A/", { size: 100 });
const SIZED = "https://q.qlogo.cn/qqapp/1/A/100";

async function configError(
  run: Promise<unknown>,
): Promise<{ kind: string; field?: string; message: string }> {
  return run.then(
    () => assert.fail("no error"),
    (error) => error,
  );
}

describe("the wasm of ./mini", () => {
  for (const name of ["WXWebAssembly", "QQWebAssembly", "TTWebAssembly", "MYWebAssembly", "CCWebAssembly"]) {
    it(`comes by path from ${name}`, async () => {
      const api = vendor(instantiate);
      const mini = load({ [name]: api });
      await mini.init();
      assert.equal(answer(mini), SIZED);
      assert.deepEqual(api.paths, [PATH]);
    });
  }

  it("may come as { instance }, from another path, once for all calls", async () => {
    const api = vendor(async (imports) => ({ instance: await instantiate(imports) }));
    const mini = load({ WXWebAssembly: api });
    await Promise.all([mini.init("/a.wasm"), mini.init({ wasmPath: "/b.wasm" })]);
    await mini.init();
    assert.equal(answer(mini), SIZED);
    assert.deepEqual(api.paths, ["/a.wasm"]);
  });

  it("is tried again where it fails", async () => {
    const api = vendor(broken, broken, instantiate);
    const mini = load({ WXWebAssembly: api });
    await mini.init();
    assert.equal(api.paths.length, 3);
    assert.equal(answer(mini), SIZED);
  });

  it("that fails for good at a path that was named says what to do, and the next init tries anew", async () => {
    const api = vendor(broken, broken, broken, instantiate);
    const mini = load({ WXWebAssembly: api });
    const { kind, field, message } = await configError(mini.init(PATH));
    assert.deepEqual([kind, field], ["config", "init"]);
    assert.match(message, /CompileError.*wasmPath/);
    await mini.init(PATH);
    assert.equal(answer(mini), SIZED);
  });

  for (const [what, logger, told] of [
    ["and the logger is told", true, 1],
    ["also where the logger throws", "throws", 1],
    ["also where there is no logger", false, 0],
  ] as const) {
    it(`that is not in the package gives way to JavaScript where no path was named, ${what}`, async () => {
      const api = vendor(broken, broken, broken);
      const mini = load({ WXWebAssembly: api });
      const lines: string[] = [];
      const warn = (text: string) => {
        lines.push(text);
        if (logger === "throws") throw new Error("no log today");
      };
      await mini.createClient({
        ...{ baseUrl: "https://game.example/msdk", channel: 1, signer: mini.proxied() },
        ...{ host: { request: () => {} }, ...(logger && { logger: { warn } }) },
      } as never);
      assert.deepEqual([answer(mini), api.paths.length, lines.length], [SIZED, 3, told]);
      for (const line of lines) assert.match(line, /runs as JavaScript.*CompileError.*wasmPath/);
    });
  }

  for (const [what, steps] of [
    ["never answers", [() => new Promise(() => {})]],
    ["fails once and then never answers", [broken, () => new Promise(() => {})]],
  ] as const) {
    it(`that ${what} is given up, and not begun again meanwhile`, async () => {
      const api = vendor(...steps);
      const began = performance.now();
      assert.match(
        (await configError(load({ WXWebAssembly: api }).init(PATH))).message,
        /no answer within 10 s/,
      );
      const waited = performance.now() - began;
      assert.ok(waited < 1.5 * (10_000 / FASTER), `${waited} ms`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(api.paths.length, steps.length);
    });
  }

  it("that fails after its time is not begun again", async () => {
    const late = () => new Promise((_, reject) => setTimeout(reject, 10_000 / FASTER + 30));
    const api = vendor(late);
    await configError(load({ WXWebAssembly: api }).init(PATH));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(api.paths.length, 1);
  });

  it("may take its time", async () => {
    const slow = async (imports: object) => {
      await new Promise((resolve) => setTimeout(resolve, 5000 / FASTER));
      return instantiate(imports);
    };
    const api = vendor(slow);
    const mini = load({ WXWebAssembly: api });
    await mini.init();
    assert.deepEqual([answer(mini), api.paths.length], [SIZED, 1]);
  });

  it("of something else is refused", async () => {
    const api = vendor(async () => ({ exports: {} }));
    assert.match((await configError(load({ WXWebAssembly: api }).init())).message, /not this package/);
  });

  it("is the caller's, where the caller brings an API", async () => {
    const api = vendor(instantiate);
    const mini = load({});
    await mini.init({ webAssembly: api as never, wasmPath: "/x.wasm" });
    assert.deepEqual(api.paths, ["/x.wasm"]);
  });

  for (const wasmPath of ["", 1, true, {}] as never[]) {
    it(`has no path ${JSON.stringify(wasmPath)}`, async () => {
      const { kind, field } = await configError(load({ WXWebAssembly: vendor(broken) }).init({ wasmPath }));
      assert.deepEqual([kind, field], ["config", "wasmPath"]);
    });
  }
});

describe("the core of ./mini without wasm", () => {
  it("is JavaScript where there is no API, or one without the function", async () => {
    for (const globals of [{}, { WXWebAssembly: {} }]) {
      const mini = load(globals);
      await mini.init();
      assert.equal(answer(mini), SIZED);
    }
  });

  it("is JavaScript where the caller asks", async () => {
    const api = vendor(instantiate);
    const mini = load({ WXWebAssembly: api });
    await mini.init({ wasmPath: false });
    assert.equal(answer(mini), SIZED);
    assert.deepEqual(api.paths, []);
  });

  it("reads a list for which its memory has to grow", async () => {
    const mini = load({});
    await mini.init();
    const lists = Array.from({ length: 20_000 }, (_, index) => ({
      openid: `${index}`,
      user_name: `头${index}`,
    }));
    const { friends } = mini.parseFriendList(JSON.stringify({ ret: 0, lists }), { channel: 1 });
    assert.equal(friends.length, 20_000);
    assert.deepEqual([friends[19_999]?.openid, friends[19_999]?.userName], ["19999", "头19999"]);
    assert.equal(answer(mini), SIZED);
  });
});

describe("the script of ./mini", () => {
  it("is a global of a game where every file is a module", () => {
    const world = createContext({ GameGlobal: {}, module: { exports: {} } });
    script.runInContext(world);
    const { GameGlobal, module } = world as {
      GameGlobal: { MsdkFriends?: Mini };
      module: { exports: object };
    };
    assert.equal(typeof GameGlobal.MsdkFriends?.createClient, "function");
    assert.equal(module.exports, GameGlobal.MsdkFriends);
  });
});
