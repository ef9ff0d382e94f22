// No byte that the console loads, stores or sends holds the key, a token or a signature; and the search for them finds
// what is there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import type { Page } from "playwright-core";
import {
  calls,
  choose,
  consoles,
  FACEBOOK,
  inState,
  type Opened,
  QQ,
  submit,
  WECHAT,
} from "./support/console-page.ts";
import { type Piece, spelledInAllWays, spellingsIn } from "./support/spellings.ts";
import { storedBy } from "./support/stored.ts";
import { openTap, type Tap } from "./support/tap.ts";

/** Signs that each spelling has to write in its own way. */
const KEY = 'fäke key/7f31+"marker"?<2b9d>~&';

const open = consoles();

/** The console with a tap on all that its page loads and sends. */
async function openTapped(t: TestContext): Promise<Opened & { tap: Tap }> {
  const tap = await openTap();
  t.after(() => tap.close());
  // By the tap also to this machine itself, where Chromium would go directly.
  const proxy = { server: tap.url, bypass: "<-loopback>" };
  return Object.assign(await open({ key: KEY }, { proxy }), { tap });
}

/** Every call, every channel, an error of each side, another player, nobody, and the page once more. */
async function* walk(page: Page): AsyncGenerator<string> {
  for (const channel of [FACEBOOK, WECHAT, QQ]) {
    await choose(page, channel);
    await inState(page, "ready");
    yield `the friends of channel ${channel}`;
  }
  for (const call of ["recall", "sopenid"]) {
    await submit(page, call);
    await inState(page, "ready", call);
    yield call;
  }
  for (const call of ["share", "ark"]) {
    await page.click(`#tab-${call}`);
    await page.fill(`#${call}-form [name=receiver]`, "14882639338379730531");
    await submit(page, call);
    await inState(page, "ready", call);
    yield call;
  }
  await page.click("#tab-friends");
  for (const fault of ["http-500", "reset", "html-error-page"]) {
    await page.selectOption("#fault", fault);
    await inState(page, "error");
    yield fault;
  }
  await page.selectOption("#fault", "none");
  await inState(page, "ready");
  for (const [openid, state] of [
    ["10001", "ready"],
    ["", "error"],
  ] as const) {
    await page.fill("#openid", openid);
    await page.click("#setup button[type=submit]");
    await inState(page, state);
    yield `the player ${openid}`;
  }
  await page.reload();
  await inState(page, "ready");
  yield "the page once more";
}

function assertNone(pieces: readonly Piece[], what: string, secrets: Iterable<string>): void {
  for (const secret of secrets) {
    for (const piece of pieces) {
      assert.deepEqual(spellingsIn(piece, secret), [], `${what} in ${piece.where}`);
    }
  }
}

test("no byte that the page loads, stores or sends holds the key, a token or a signature", async (t) => {
  const { page, sandbox, url, tap } = await openTapped(t);
  const stored = await storedBy(page);
  for await (const step of walk(page)) {
    for (const { where, bytes } of await storedBy(page)) stored.push({ where: `${where}, ${step}`, bytes });
  }

  // That it was there to be found: the backend got it all, and the tap the same calls on their way to the proxy.
  const good = calls(sandbox).filter(({ ret }) => ret === 0);
  assert.equal(new Set(good.map(({ endpoint }) => endpoint)).size, 5);
  const posts = tap.sent.filter(({ where }) => where.startsWith(`POST ${url}msdk/v2/`));
  assert.ok(posts.length >= calls(sandbox).length);
  const tokens = new Set(calls(sandbox).map(({ body }) => (JSON.parse(body) as { token: string }).token));
  assert.equal(tokens.size, 3, "one of each player");
  const signatures = new Set(
    calls(sandbox).map(({ query }) => /&sig=([0-9a-f]{32})$/.exec(query)?.[1] ?? ""),
  );
  assert.ok(signatures.size >= 5 && !signatures.has(""));
  assertAllFilesLoaded(tap, url);

  assert.deepEqual(tap.tunnels, [], "nothing leaves in a way that cannot be read");
  for (const { where } of tap.sent)
    assert.ok(where.includes(` ${url}`), `${where}: to the console's own server`);
  for (const pieces of [tap.loaded, tap.sent, stored]) {
    assertNone(pieces, "the key", [KEY]);
    assertNone(pieces, "a token", tokens);
    assertNone(pieces, "a signature", signatures);
  }
  for (const { where } of tap.sent) assert.doesNotMatch(where, /[?&](sig|ts)=/);
});

/** Byte for byte as they lie in www/dist. */
function assertAllFilesLoaded(tap: Tap, url: string): void {
  const dist = new URL("../../www/dist/", import.meta.url);
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => new URL(name, new URL(`file://${parentPath.replace(/\/?$/, "/")}`)));
  assert.ok(files.length >= 5);
  for (const file of files) {
    const path = file.href.slice(dist.href.length).replace(/^index\.html$/, "");
    const answer = tap.loaded.find(({ where }) => where === `GET ${url}${path}`);
    assert.ok(answer && Buffer.from(answer.bytes).includes(readFileSync(file)), path);
  }
}

/** Runs in the page: puts one spelling wherever a page can put something. */
async function plant(bytes: number[]): Promise<void> {
  const body = new Uint8Array(bytes);
  const text = String.fromCharCode(...bytes);
  await fetch("/canary/loaded");
  await fetch("/canary/sent", { method: "POST", body });
  localStorage.setItem("canary", text);
  sessionStorage.setItem("canary", text);
  history.replaceState(text, "");
  const cache = await caches.open("canary");
  await cache.put("/canary", new Response(body));
  await new Promise<void>((resolve) => {
    const opening = indexedDB.open("canary");
    opening.onupgradeneeded = () => opening.result.createObjectStore("canary");
    opening.onsuccess = () => {
      const writing = opening.result.transaction("canary", "readwrite");
      writing.objectStore("canary").put({ inside: [body] }, "canary");
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

test("the search finds what a page loads, stores and sends, in every spelling", async (t) => {
  const { page, tap } = await openTapped(t);
  tap.answers.set("/canary/sent", Buffer.alloc(0));
  for (const { spelling, bytes } of spelledInAllWays(KEY)) {
    tap.answers.set("/canary/loaded", bytes);
    await page.evaluate(plant, [...bytes]);
    const stored = await storedBy(page);
    const isIn = (place: string, pieces: readonly Piece[]) =>
      assert.ok(
        pieces.some((piece) => spellingsIn(piece, KEY).includes(spelling)),
        `${spelling}, ${place}`,
      );
    isIn("loaded", tap.loaded.filter(({ where }) => where.endsWith("/canary/loaded")).slice(-1));
    isIn("sent", tap.sent.filter(({ where }) => where.endsWith("/canary/sent")).slice(-1));
    for (const place of ["localStorage", "sessionStorage", "history", "caches", "IndexedDB"]) {
      isIn(
        place,
        stored.filter(({ where }) => where === place),
      );
    }
  }
});

test("the search looks at addresses, headers, cookies, the document and sockets too", async (t) => {
  const { page, url, tap } = await openTapped(t);
  tap.answers.set("/canary/sent", Buffer.alloc(0));
  await page.evaluate(async (text) => {
    await fetch(`/canary/sent?in=${encodeURIComponent(text)}`);
    await fetch("/canary/sent", { headers: { "x-canary": encodeURIComponent(text) } });
    await cookieStore.set("canary", encodeURIComponent(text));
    document.body.append(text);
    const socket = new WebSocket(`ws://${location.host}/canary`);
    await new Promise((resolve) => socket.addEventListener("error", resolve));
  }, KEY);
  const [inAddress, inHeader] = tap.sent.slice(-2) as [Piece, Piece];
  assert.match(inAddress.where, /canary\/sent\?in=/);
  for (const piece of [inAddress, inHeader]) assert.deepEqual(spellingsIn(piece, KEY), ["URL-encoded"]);
  const stored = await storedBy(page);
  for (const place of ["cookies", "document"]) {
    const pieces = stored.filter(({ where }) => where === place);
    assert.ok(
      pieces.some((piece) => spellingsIn(piece, KEY).length > 0),
      place,
    );
  }
  assert.deepEqual(tap.tunnels, [new URL(url).host]);
});
