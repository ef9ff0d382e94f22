// How the wasm arrives: every source that init takes, what it says when it does not, and how often it loads.

import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { inChild } from "../twin/child.ts";
import { entryInWorld } from "./support/in-world.ts";
import { assertConfig, type Outcome, SIG, using, WASM, wasm } from "./support/loading.ts";

/** Which files are asked for, by a server that has the wasm in many forms. */
let asked: string[] = [];
let failuresLeft = 0;
let server: Server;
let origin: string;

before(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const send = (status: number, type: string, content: string | Buffer) =>
      response.writeHead(status, { "content-type": type }).end(content);
    if (path.startsWith("/slow.wasm")) setTimeout(() => send(200, "application/wasm", wasm), 150);
    else if (path.startsWith("/right.wasm")) send(200, "application/wasm", wasm);
    else if (path === "/charset.wasm") send(200, "application/wasm; charset=utf-8", wasm);
    else if (path === "/wrong.wasm") send(200, "application/octet-stream", wasm);
    else if (path === "/text.wasm") send(200, "text/plain", wasm);
    else if (path === "/page.wasm") send(200, "text/html", "<!doctype html><title>index</title>");
    else if (path === "/page-as-wasm.wasm")
      send(200, "application/wasm", "<!doctype html><title>index</title>");
    else if (path === "/empty.wasm") send(200, "application/wasm", "");
    else if (path === "/cut.wasm") send(200, "application/wasm", wasm.subarray(0, wasm.length / 2));
    else if (path === "/error.wasm") send(500, "text/plain", "no");
    else if (path === "/flaky.wasm" && failuresLeft-- > 0) send(404, "text/html", "<h1>not yet</h1>");
    else if (path === "/flaky.wasm") send(200, "application/wasm", wasm);
    else if (path === "/redirect.wasm") response.writeHead(302, { location: "/right.wasm" }).end();
    else send(404, "text/html", "<h1>not found</h1>");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, "127.0.0.1", listening));
  const { port } = taken.address() as AddressInfo;
  await new Promise((closed) => taken.close(closed));
  await assert.rejects(
    new Promise((connected, refused) => connect(port, "127.0.0.1", () => connected(0)).on("error", refused)),
  );
  return port;
}

describe("what init takes", { concurrency: 3 }, () => {
  const SOURCES: Record<string, string> = {
    Uint8Array: "new Uint8Array(wasm)",
    "a subarray with offset":
      "(() => { const all = new Uint8Array(wasm.length + 9).fill(1); all.set(wasm, 4); return all.subarray(4, 4 + wasm.length); })()",
    Buffer: "wasm",
    ArrayBuffer: "new Uint8Array(wasm).buffer",
    "WebAssembly.Module": "new WebAssembly.Module(wasm)",
    "Response with the right type": 'new Response(wasm, { headers: { "content-type": "application/wasm" } })',
    "Response with another type": 'new Response(wasm, { headers: { "content-type": "text/plain" } })',
    "Response without a type": "new Response(new Uint8Array(wasm))",
    "URL as a string": 'ORIGIN + "/right.wasm"',
    "URL as an object": 'new URL(ORIGIN + "/right.wasm?v=1#x")',
    "URL whose server says octet-stream": 'ORIGIN + "/wrong.wasm"',
    "URL whose server says text": 'ORIGIN + "/text.wasm"',
    "URL whose server names a charset": 'ORIGIN + "/charset.wasm"',
    "URL of a redirect": 'ORIGIN + "/redirect.wasm"',
    "data URL": '"data:application/wasm;base64," + wasm.toString("base64")',
  };

  for (const entry of ["msdk-friends", "msdk-friends/slim", "msdk-friends/inline"]) {
    for (const [name, source] of Object.entries(SOURCES)) {
      // The entries share this code: one of them meets every source, the others what they were made for.
      if (entry !== "msdk-friends/slim" && !["Uint8Array", "WebAssembly.Module"].includes(name)) continue;
      test(`${entry}: ${name}`, async () => {
        const code = `${using(entry)} print(await load(${source.replace("ORIGIN", JSON.stringify(origin))}))`;
        assert.deepEqual(await inChild(code), { value: SIG });
      });
    }
  }

  test("promises of bytes and of an answer", async () => {
    const result = await inChild(`${using("msdk-friends/slim")}
      await msdk.init(Promise.resolve(wasm));
      print(await outcome(works));`);
    assert.deepEqual(result, { value: SIG });
    const fetched = await inChild(`${using("msdk-friends/slim")}
      await msdk.init(fetch(${JSON.stringify(`${origin}/right.wasm`)}));
      print(await outcome(works));`);
    assert.deepEqual(fetched, { value: SIG });
  });

  test("nothing, where the entry finds its own", async () => {
    for (const entry of ["msdk-friends", "msdk-friends/inline"]) {
      assert.deepEqual(await inChild(`${using(entry)} print(await load())`), { value: SIG }, entry);
    }
  });

  test("a file URL, which Node's fetch does not read", async () => {
    const outcome = (await inChild(
      `${using("msdk-friends")} print(await load(new URL(${JSON.stringify(`file://${WASM}`)})))`,
    )) as Outcome;
    assert.equal(outcome.value, SIG);
    const address = JSON.stringify(`file://${WASM}`);
    assert.deepEqual(await inChild(`${using("msdk-friends")} print(await load(${address}))`), { value: SIG });
  });
});

test("where there is no WebAssembly, the error names the entry that needs none", async () => {
  for (const entry of ["msdk-friends", "msdk-friends/inline"]) {
    const code = `${using(entry)} delete globalThis.WebAssembly; print(await load())`;
    assertConfig(await inChild(code), /there is no WebAssembly here: use msdk-friends\/wasm2js$/);
  }
});

describe("what is not the wasm", { concurrency: 3 }, () => {
  const BAD: [name: string, source: string, message: RegExp][] = [
    ["a page instead, as text", 'ORIGIN + "/page.wasm"', /not the wasm file, probably a page/],
    ["a page instead, as wasm", 'ORIGIN + "/page-as-wasm.wasm"', /not the wasm file, probably a page/],
    ["a page in a Response", 'new Response("<html><p>hello</p>")', /not the wasm file, probably a page/],
    ["a page as bytes", 'new TextEncoder().encode("<!doctype html>")', /not the wasm file, probably a page/],
    ["nothing at all", 'ORIGIN + "/empty.wasm"', /Pass the address of msdk_friends\.wasm/],
    ["half of it", 'ORIGIN + "/cut.wasm"', /Pass the address of msdk_friends\.wasm/],
    [
      "404",
      'ORIGIN + "/missing.wasm"',
      /HTTP status 404 for http:\S+\/missing\.wasm\b.*msdk-friends\/inline/,
    ],
    ["500", 'ORIGIN + "/error.wasm"', /HTTP status 500/],
    [
      "a Response that was read",
      "(await (async () => { const r = new Response(wasm); await r.text(); return r; })())",
      /./,
    ],
    ["nobody there", '"http://127.0.0.1:PORT/x.wasm"', /Pass the address of msdk_friends\.wasm/],
    ["no URL", '"http://"', /Pass the address of msdk_friends\.wasm/],
    ["a relative URL, in Node", '"msdk_friends.wasm"', /Pass the address of msdk_friends\.wasm/],
    ["another wasm", "Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)", /Pass the address of msdk_friends\.wasm/],
    ["a number", "42", /Pass the address of msdk_friends\.wasm/],
    ["an empty object", "{}", /Pass the address of msdk_friends\.wasm/],
    ["a promise that rejects", "Promise.reject(new Error('offline'))", /offline/],
    ["a promise of undefined reason", "Promise.reject()", /./],
  ];

  for (const [name, source, message] of BAD) {
    test(`${name}: config, says what to do, and the next source is tried`, async () => {
      const text = source
        .replace("ORIGIN", JSON.stringify(origin))
        .replace("PORT", source.includes("PORT") ? String(await closedPort()) : "");
      const outcomes = await inChild(`${using("msdk-friends/slim")}
        const bad = await outcome(async () => msdk.init(${text}));
        const pure = await outcome(works);
        print([bad, pure, await load(wasm)]);`);
      const [bad, pure, good] = outcomes as Outcome[];
      assertConfig(bad, message);
      assert.deepEqual([pure?.kind, pure?.field], ["config", "init"], "not half loaded");
      assert.deepEqual(good, { value: SIG });
    });
  }

  test("createClient says the same", async () => {
    const outcomes = await inChild(`${using("msdk-friends/slim")}
      const options = { baseUrl: "https://a.example", gameId: 1, channel: 1, signer: { sign: () => "" } };
      print([await outcome(() => msdk.createClient(options))]);`);
    assertConfig((outcomes as Outcome[])[0], /msdk-friends\/slim has no wasm attached.*init\(\)/);
  });

  test("the cause is kept", async () => {
    const cause = await inChild(`${using("msdk-friends/slim")}
      const error = await msdk.init(Promise.reject(new TypeError("offline"))).catch((error) => error);
      print([msdk.isMsdkError(error), error.cause?.name, error.cause?.message, error.attempts, error.retryable]);`);
    assert.deepEqual(cause, [true, "TypeError", "offline", 0, false]);
  });

  test("where wasm may not be compiled, it names the directive", async () => {
    // As Chromium behaves under a Content-Security-Policy without 'wasm-unsafe-eval'.
    const forbidding = entryInWorld(
      "msdk-friends/slim",
      { TextDecoder, TextEncoder, URL, Response },
      { codeGeneration: { strings: false, wasm: false } },
    );
    const error: unknown = await forbidding.init(wasm).catch((error: unknown) => error);
    const { kind, field, message } = error as Outcome;
    assert.deepEqual([kind, field], ["config", "init"], message);
    assert.match(message ?? "", /Content-Security-Policy.*'wasm-unsafe-eval'.*msdk-friends\/wasm2js/);
  });
});

describe("how often it loads", () => {
  test("once, for calls at the same time and after", async () => {
    asked = [];
    const result = await inChild(`${using("msdk-friends/slim")}
      const url = ${JSON.stringify(`${origin}/slow.wasm`)};
      const { instantiate, instantiateStreaming } = WebAssembly;
      let made = 0;
      // Node's fetch has a wasm of its own.
      const count = (imports) => (made += "./msdk_friends_bg.js" in (imports ?? {}) ? 1 : 0);
      WebAssembly.instantiate = (source, imports) => (count(imports), instantiate(source, imports));
      WebAssembly.instantiateStreaming = (source, imports) => (count(imports), instantiateStreaming(source, imports));
      const options = { baseUrl: "https://a.example", gameId: 1, channel: 1, signer: { sign: () => "" } };
      const all = [msdk.init(url), msdk.init(url), msdk.createClient(options), msdk.init(), msdk.createClient(options)];
      const kinds = (await Promise.allSettled(all)).map(({ status }) => status);
      await msdk.init(url);
      await msdk.init();
      await msdk.createClient(options);
      print({ kinds, made, works: await outcome(works) });`);
    assert.deepEqual(result, { kinds: Array(5).fill("fulfilled"), made: 1, works: { value: SIG } });
    assert.deepEqual(asked, ["/slow.wasm"]);
  });

  test("calls at the same time share a failure, and the next call tries again", async () => {
    asked = [];
    failuresLeft = 1;
    const result = await inChild(`${using("msdk-friends/slim")}
      const url = ${JSON.stringify(`${origin}/flaky.wasm`)};
      const all = await Promise.all([1, 2, 3].map(() => outcome(() => msdk.init(url))));
      const pure = await outcome(works);
      print([...all.map(({ kind }) => kind), pure.kind, await load(url)]);`);
    assert.deepEqual(result, ["config", "config", "config", "config", { value: SIG }]);
    assert.deepEqual(asked, ["/flaky.wasm", "/flaky.wasm"]);
  });

  test("slim without a source fails, and is well again once it gets one", async () => {
    const result = await inChild(`${using("msdk-friends/slim")}
      const options = { baseUrl: "https://a.example", gameId: 1, channel: 1, signer: { sign: () => "" } };
      const bad = [await outcome(() => msdk.init()), await outcome(() => msdk.createClient(options))];
      print([...bad, await load(wasm), (await outcome(() => msdk.createClient(options))).kind ?? "made"]);`);
    const [first, second, good, client] = result as Outcome[];
    assertConfig(first, /slim has no wasm attached/);
    assertConfig(second, /slim has no wasm attached/);
    assert.deepEqual(good, { value: SIG });
    assert.equal(client, "made");
  });

  test("a source that is not needed any more may fail: nobody is told", async () => {
    // In a page this is init(fetch(url)) called twice, and the second answer is lost. A rejection that nobody handles
    // ends a Node process.
    const result = await inChild(`${using("msdk-friends/slim")}
      const late = () => new Promise((_, reject) => setTimeout(reject, 20, new Error("offline")));
      await Promise.all([msdk.init(wasm), msdk.init(late())]);
      await msdk.init(late());
      await new Promise((done) => setTimeout(done, 60));
      print(await outcome(works));`);
    assert.deepEqual(result, { value: SIG });
  });

  test("a core that trapped may be loaded anew, and never gives wrong answers", async () => {
    // The first instance fails once, in the middle of its work, as if it were out of memory.
    const result = await inChild(`${using("msdk-friends/slim")}
      const { instantiate } = WebAssembly;
      let made = 0;
      WebAssembly.instantiate = async (source, imports) => {
        const { instance } = await instantiate(source, imports);
        if (made++ > 0) return { instance };
        let calls = 0;
        const run = (...given) => {
          if (calls++ > 0) throw new WebAssembly.RuntimeError("unreachable");
          return instance.exports.run(...given);
        };
        return { instance: { exports: { ...instance.exports, run } } };
      };
      const list = () => msdk.parseFriendList('{"ret":0,"lists":[{"openid":"1","user_name":"头","city":"c"}],"seq":"s"}', { channel: 1 });
      const wrong = () => msdk.avatarSize(1, -1);
      await msdk.init(wasm);
      const first = await outcome(list);
      const trapped = await outcome(works);
      await msdk.init(wasm);
      const after = [];
      for (let round = 0; round < 3; round++) {
        for (const call of [list, works, wrong, () => msdk.packArkExtra('{"a":"头"}')]) after.push(await outcome(call));
      }
      print({ first, trapped, after });`);
    const { first, trapped, after } = result as { first: Outcome; trapped: Outcome; after: Outcome[] };
    const friend = { openid: "1", userName: "头", displayName: "头", gender: 0, pictureUrl: "", city: "c" };
    assert.deepEqual(first.value, { friends: [friend], degraded: false, seq: "s" });
    assert.deepEqual([trapped.name, trapped.kind], ["MsdkError", "unknown"]);
    const right = [first.value, SIG, undefined, "%7B%22a%22%3A%22%E5%A4%B4%22%7D"];
    assert.equal(after.length, 12);
    for (const [index, outcome] of after.entries()) {
      if (index % 4 === 2) assert.equal(outcome.field, "cssPixels");
      else assert.deepEqual(outcome.value, right[index % 4], String(index % 4));
    }
  });

  test("a call that finds the core trapped loads it anew for the next one, and knows what it has sent", async () => {
    const result = await inChild(`${using("msdk-friends/inline")}
      const { instantiate } = WebAssembly;
      let fails = false;
      WebAssembly.instantiate = async (source, imports) => {
        const made = await instantiate(source, imports);
        const { exports } = made.instance ?? made;
        const run = (...given) => {
          if (fails) throw new WebAssembly.RuntimeError("unreachable");
          return exports.run(...given);
        };
        const instance = { exports: { ...exports, run } };
        return made.instance ? { instance } : instance;
      };
      // Another call's trap, as the answer is on its way.
      let trap = () => {};
      const fetch = async () => (trap(), new Response('{"ret":0,"sopenid":"7"}'));
      const client = await msdk.createClient({ baseUrl: "https://game.example", channel: 2, signer: msdk.proxied(), fetch });
      const seen = [];
      const call = (name, input) => client[name](input).then(({ sopenid }) => seen.push(sopenid), ({ kind, maybeSent }) => seen.push([kind, maybeSent]));
      const pause = () => new Promise((done) => setTimeout(done, 100));
      fails = true;
      await call("getSopenid", {});
      fails = false;
      await pause();
      await call("getSopenid", {});
      trap = () => { fails = true; try { works(); } catch {} fails = false; };
      await call("share", { fopenid: "1", gameTag: "MSG_INVITE" });
      trap = () => {};
      await pause();
      await call("getSopenid", {});
      print(seen);`);
    assert.deepEqual(result, [["unknown", false], "7", ["unknown", true], "7"]);
  });

  test("importing does nothing: no wasm, no file, no request, no decoder", async () => {
    for (const entry of ["msdk-friends", "msdk-friends/slim", "msdk-friends/inline"]) {
      const touched = await inChild(`
        import fs from "node:fs";
        import { syncBuiltinESMExports } from "node:module";
        const touched = [];
        const watch = (object, name) => {
          const real = object[name];
          object[name] = new Proxy(real, {
            apply: (target, self, args) => {
              // Node itself reads the script.
              if (name !== "readFile" || String(args[0]).endsWith(".wasm")) touched.push(name);
              return Reflect.apply(target, self, args);
            },
            construct: (target, args, made) => (touched.push(name), Reflect.construct(target, args, made)),
          });
        };
        const url = import.meta.resolve(${JSON.stringify(entry)});
        for (const name of ["instantiate", "compile", "instantiateStreaming", "Module", "Instance"]) watch(WebAssembly, name);
        for (const name of ["fetch", "TextDecoder", "TextEncoder", "setTimeout", "queueMicrotask"]) watch(globalThis, name);
        watch(fs.promises, "readFile");
        syncBuiltinESMExports();
        const before = Object.getOwnPropertyNames(globalThis).length;
        const msdk = await import(url);
        const seen = [...touched];
        const globals = Object.getOwnPropertyNames(globalThis).length - before;
        await msdk.init(${entry === "msdk-friends/slim" ? `fs.readFileSync(${JSON.stringify(WASM)})` : ""});
        print({ seen, globals, after: [...new Set(touched)] });`);
      // That the watch works shows in what init touches.
      const own = entry === "msdk-friends" ? ["readFile"] : [];
      assert.deepEqual(touched, { seen: [], globals: 0, after: [...own, "instantiate"] }, entry);
    }
  });
});
