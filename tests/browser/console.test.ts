// The console in a real Chromium, against a real sandbox: what it shows, what it sends, what it says when things fail.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireFriend } from "msdk-friends/sandbox";
import type { Page } from "playwright-core";
import { calls, choose, consoles, FACEBOOK, inState, QQ, submit } from "./support/console-page.ts";

const open = consoles();

/** The friends as a reader of the page gets them. */
const shown = (page: Page) =>
  page.$$eval("[data-friend]", (cards) =>
    cards.map((card) => ({
      openid: card.getAttribute("data-openid"),
      name: card.querySelector(".name")?.textContent,
      copy: card.querySelector("[data-copy]")?.textContent,
      alt: card.querySelector("img")?.alt,
      src: card.querySelector("img")?.getAttribute("src") ?? null,
      text: card.textContent,
    })),
  );

const srcs = async (page: Page) => (await shown(page)).map(({ src }) => src);

test("the WeChat samples, with names, openids and pictures that fit", async () => {
  const { page, sandbox, complaints } = await open();
  assert.deepEqual(
    (await shown(page)).map(({ openid, name, copy, alt, src }) => ({ openid, name, copy, alt, src })),
    [
      {
        openid: "6292984005760995448",
        name: "Σ( ̄。 ̄ノ)ノ",
        copy: "6292984005760995448",
        alt: "Σ( ̄。 ̄ノ)ノ",
        src: "https://wx.qlogo.cn/mmhead/No0JxNE4LEUcXM5dmgJcjEadU8jllM45SGtOHxsmiafM/46",
      },
      {
        openid: "18182179939911361117",
        name: "Xiao Jia",
        copy: "18182179939911361117",
        alt: "Xiao Jia",
        src: "https://wx.qlogo.cn/mmhead/Zc9yUpJNc2MVN3IzgUtL9BsfA09pp4MSaaib8nSDb03M/46",
      },
    ],
  );
  const pictures = await page.$$eval("[data-friend] img", (images) =>
    Promise.all(
      (images as HTMLImageElement[]).map(async (img) => {
        await img.decode();
        return [
          img.getAttribute("width"),
          img.getAttribute("height"),
          img.naturalWidth > 0,
          img.referrerPolicy,
        ];
      }),
    ),
  );
  assert.deepEqual(pictures, [
    ["40", "40", true, "no-referrer"],
    ["40", "40", true, "no-referrer"],
  ]);
  assert.equal(await page.$$eval("[data-avatar=picture]", (all) => all.length), 2);
  assert.deepEqual(
    calls(sandbox).map(({ path, ret }) => [path, ret]),
    [["/v2/friend/friend_list", 0]],
  );
  assert.deepEqual(complaints, []);
});

test("500 friends and a changed name: all in the page, each picture in its size", async () => {
  const friends: WireFriend[] = Array.from({ length: 500 }, (_, index) => ({
    openid: String(10_000_000_000_000_000_000n + BigInt(index)),
    user_name: `friend ${index}`,
    picture_url: `https://thirdqq.qlogo.cn/qqopen/p${index}/`,
  }));
  friends[371] = { ...friends[371], user_name: '<img src=x onerror="throw 1"> 改名 🦁 "&amp;"' };
  const { page, sandbox, complaints } = await open({ friends }, { channel: QQ });
  const cards = await shown(page);
  assert.deepEqual(
    cards.map(({ openid, name, src }) => [openid, name, src]),
    friends.map((friend, index) => [
      friend.openid,
      friend.user_name,
      `https://thirdqq.qlogo.cn/qqopen/p${index}/40`,
    ]),
  );
  assert.match((await page.textContent("#friends-summary")) ?? "", /^500 friends/);
  assert.equal(
    await page.$$eval("[data-friend] .name *", (inside) => inside.length),
    0,
    "a name is only text",
  );
  assert.equal(calls(sandbox)[0]?.ret, 0);

  await page.fill("#filter", "改名");
  assert.equal(await page.locator("[data-friend]:visible").count(), 1);
  assert.equal(await page.locator("[data-friend]").count(), 500);
  assert.match((await page.textContent("#friends-summary")) ?? "", /^1 of 500/);
  assert.deepEqual(complaints, []);
});

test("generated friends with odd names and absent fields are all there", async () => {
  const { page, complaints } = await open({ friends: 500 });
  const cards = await shown(page);
  assert.equal(new Set(cards.map(({ openid }) => openid)).size, 500);
  assert.ok(cards.some(({ src }) => src === null));
  for (const { src } of cards) assert.match(src ?? "https:/46", /^https:.*\/46$/);
  assert.deepEqual(complaints, []);
});

test("a denser screen gets larger pictures; an exact size is an exact size", async () => {
  const { page } = await open({}, { deviceScaleFactor: 2 });
  for (const src of await srcs(page)) assert.match(String(src), /\/96$/);
  for (const size of ["132", "0", "64"]) {
    await page.selectOption("#avatar", size);
    await page.waitForSelector(`[data-friend] img[src$="/${size}"]`);
    for (const src of await srcs(page)) assert.ok(src?.endsWith(`/${size}`), `${src}`);
  }
  await choose(page, QQ);
  await page.waitForSelector('[data-openid="14882639338379730531"]');
  const offered = await page.$$eval("#avatar option", (all) =>
    all.map((option) => option.getAttribute("value")),
  );
  assert.deepEqual(offered, ["fit", "40", "100"]);
  for (const src of await srcs(page)) assert.match(String(src), /[^/]\/100$/);
});

test("the channel switch asks the other channel, as its own player", async () => {
  const { page, sandbox, complaints } = await open();
  await choose(page, QQ);
  await page.waitForSelector('[data-openid="14882639338379730531"]');
  const qq = await shown(page);
  assert.deepEqual(
    qq.map(({ name, src }) => [name, src]),
    [
      ["Xiao Zhang", "https://q.qlogo.cn/qqapp/1106977030/A7DB20EFF6DD4A617367B71186DB33A6/40"],
      [
        "Xiao Jia",
        "https://thirdqq.qlogo.cn/qqopen/ZdvYp9s7k6qJuCiaNlJR3hT5vtL0rJxiclJ814gxnmuKYXv0xs04j1WWUoKX1u1MlE/40",
      ],
    ],
  );
  assert.equal(await page.inputValue("#openid"), "4724195171999796436");

  await choose(page, FACEBOOK);
  await page.waitForSelector('[data-openid="11529215046068469761"]');
  const overseas = await shown(page);
  assert.deepEqual(
    overseas.map(({ name, src }) => [name, src]),
    [
      ["Alex Tan", "https://avatars.example/alex.jpg"],
      ["Zoë Müller", null],
    ],
  );
  for (const { text } of overseas) assert.doesNotMatch(text ?? "", /male/, "genders are masked overseas");
  assert.deepEqual(
    calls(sandbox).map(({ query, ret }) => [/channelid=(\d+)/.exec(query)?.[1], ret]),
    [
      ["1", 0],
      ["2", 0],
      ["4", 0],
    ],
  );
  assert.deepEqual(complaints, []);
});

test("a failure names its kind, and Retry works", async () => {
  const { page, sandbox, complaints } = await open(
    { fault: "http-500,http-500,http-500,none" },
    { state: "error" },
  );
  assert.equal(await page.getAttribute("[data-error-kind]", "data-error-kind"), "server");
  const facts = await page.$$eval("[data-fact]", (all) =>
    Object.fromEntries(
      all.map((each) => [each.getAttribute("data-fact"), each.querySelector("dd")?.textContent]),
    ),
  );
  assert.equal(facts["HTTP status"], "500");
  assert.equal(facts.attempts, "3");
  assert.equal(calls(sandbox).length, 3);
  const retries = await page.$$eval("[data-wire=friend_list] .retry", (all) =>
    all.map((each) => each.textContent),
  );
  assert.equal(retries.length, 2);
  for (const text of retries) assert.match(text ?? "", /^retry in \d+ ms$/);

  await page.click("[data-retry]");
  await inState(page, "ready");
  assert.equal((await shown(page)).length, 2);
  assert.equal(calls(sandbox).length, 4);
  // Chromium's own line for each answer with such a status; the console adds none.
  assert.equal(complaints.length, 3);
  for (const complaint of complaints) assert.match(complaint, /^Failed to load resource: .* 500 /);
});

test("an error page instead of an answer: what it is and what to do", async () => {
  const { page } = await open();
  await page.selectOption("#fault", "html-error-page");
  await inState(page, "error");
  assert.equal(await page.getAttribute("[data-error-kind]", "data-error-kind"), "malformed_response");
  assert.ok((await page.textContent("[data-error-kind] .advice"))?.includes("proxy"));
});

test("a signature that is wrong is shown as one", async () => {
  const { page, sandbox } = await open({}, { proxyKey: "another-fake-key", state: "error" });
  assert.equal(await page.getAttribute("[data-error-kind]", "data-error-kind"), "signature");
  assert.equal(await page.textContent('[data-fact="ret"] dd'), "1008");
  assert.equal(calls(sandbox).at(-1)?.ret, 1008);
});

test("a server that says nothing of a sandbox is explained", async () => {
  const { page } = await open();
  await page.route("**/config.json", (route) => route.fulfill({ json: {} }));
  await page.reload();
  await inState(page, "error");
  assert.match((await page.textContent("#friends")) ?? "", /npm start/);
});

test("the player is who the page says, with a token of the server's, or nobody", async () => {
  const { page, sandbox } = await open();
  const ask = async (openid: string, state: string) => {
    await page.fill("#openid", openid);
    await page.click("#setup button[type=submit]");
    await inState(page, state);
  };
  await ask("10001", "ready");
  await ask("玩家 %2", "ready");
  await ask("10001", "ready");
  const players = calls(sandbox).map(({ body }) => JSON.parse(body) as Record<string, string>);
  assert.deepEqual(
    players.map(({ openid }) => openid),
    ["13601369187816917176", "10001", "玩家 %2", "10001"],
  );
  assert.equal(players[1]?.token, players[3]?.token);
  assert.equal(new Set(players.map(({ token }) => token)).size, 3);

  await ask("", "error");
  assert.equal(await page.getAttribute("[data-error-kind]", "data-error-kind"), "auth");
  assert.match((await page.textContent("[data-error-kind]")) ?? "", /no player is logged in/);
  assert.equal(calls(sandbox).length, 4, "the proxy asked nobody");
});

test("it works under its other address, and the pages of others may not call", async () => {
  const { page, url, sandbox, complaints } = await open();
  await page.goto(url.replace("127.0.0.1", "localhost"));
  await inState(page, "ready");
  assert.deepEqual(complaints, []);
  const before = calls(sandbox).length;
  const post = (origin: string) =>
    fetch(`${url}msdk/v2/friend/friend_list?channelid=1`, {
      method: "POST",
      headers: { origin, "content-type": "application/json", "x-console-openid": "10001" },
      body: "{}",
    });
  const refused = await post("http://127.0.0.1:1");
  assert.deepEqual([refused.status, refused.headers.get("access-control-allow-origin")], [403, null]);
  assert.equal(calls(sandbox).length, before);
  assert.equal((await post(url.replace(/\/$/, ""))).status, 200, "as the console's own page it is a call");
});

test("a degraded list has its banner, an empty one is a success", async () => {
  const { page, complaints } = await open({}, { channel: QQ });
  assert.equal(await page.locator("[data-degraded]").count(), 0);
  await page.selectOption("#fault", "is-lost");
  await page.waitForSelector("[data-degraded]");
  assert.match((await page.textContent("[data-degraded]")) ?? "", /Do not cache/);
  assert.equal((await shown(page)).length, 1);

  await page.selectOption("#fault", "no-lists");
  await inState(page, "empty");
  assert.match((await page.textContent("#friends")) ?? "", /No in-game friends/);
  assert.equal(await page.locator("[data-error-kind], [data-degraded]").count(), 0);
  assert.deepEqual(complaints, []);
});

test("the other four calls", async () => {
  const { page, sandbox, complaints } = await open({}, { channel: QQ });
  await submit(page, "recall");
  await inState(page, "ready", "recall");
  assert.equal(await page.locator("[data-recall-friend]").count(), 4);
  const pictures = await page.$$eval("[data-recall-friend] img", (all) =>
    all.map((img) => img.getAttribute("src")),
  );
  for (const src of pictures) assert.match(String(src), /[0-9A-F]{32}\/40$/);

  await submit(page, "sopenid");
  await inState(page, "ready", "sopenid");
  assert.match((await page.textContent("[data-region=sopenid]")) ?? "", /ikrjDgPqEUPTY_jnBKx9w5NZAkOimlyv/);

  await page.click("#tab-share");
  assert.match((await page.textContent("[data-limits=structured]")) ?? "", /10 a day, 40 a week/);
  await submit(page, "share");
  await inState(page, "error", "share");
  assert.equal(
    await page.getAttribute("[data-region=share] [data-error-kind]", "data-error-kind"),
    "request",
  );
  await page.fill("#share-form [name=receiver]", "14882639338379730531");
  await page.fill("#share-link", "https://game.example/");
  await submit(page, "share");
  await inState(page, "ready", "share");
  assert.match((await page.textContent("[data-region=share] [data-warning]")) ?? "", /link/);
  assert.match((await page.textContent("#log")) ?? "", /link/);

  await page.click("#tab-ark");
  await page.fill("#ark-form [name=receiver]", "14882639338379730531");
  await submit(page, "ark");
  await inState(page, "ready", "ark");

  assert.deepEqual(
    calls(sandbox).map(({ endpoint, ret }) => [endpoint, ret]),
    [
      ["friend_list", 0],
      ["recall_friends_list", 0],
      ["get_sopenid", 0],
      ["share", 0],
      ["ark_share", 0],
    ],
  );

  await choose(page, FACEBOOK);
  await inState(page, "idle", "share");
  assert.equal(await page.isDisabled("#ark-form button[type=submit]"), true);
  assert.deepEqual(complaints, []);
});

test("a share is sent once, and says when it may have arrived", async () => {
  const { page, sandbox } = await open({}, { channel: QQ });
  await page.selectOption("#fault", "truncated");
  await inState(page, "error");
  await page.click("#tab-share");
  await page.fill("#share-form [name=receiver]", "14882639338379730531");
  await submit(page, "share");
  await inState(page, "error", "share");
  const error = page.locator("[data-region=share] [data-error-kind]");
  assert.equal(await error.getAttribute("data-error-kind"), "server");
  assert.match((await error.textContent()) ?? "", /may deliver it twice/);
  assert.equal(calls(sandbox).filter(({ endpoint }) => endpoint === "share").length, 1);
});

test("an empty recall list hides the entry point", async () => {
  const { page } = await open();
  await page.selectOption("#fault", "no-lists");
  await submit(page, "recall");
  await inState(page, "empty", "recall");
  assert.equal(await page.getAttribute("[data-entry-point]", "data-entry-point"), "hidden");
});

test("the wire panel shows no openid and no address", async () => {
  const { page } = await open({}, { channel: QQ });
  await submit(page, "sopenid");
  await inState(page, "ready", "sopenid");
  const wire = (await page.textContent("aside")) ?? "";
  assert.match(wire, /friend_list.*get_sopenid|get_sopenid.*friend_list/s);
  for (const hidden of [await page.inputValue("#openid"), "sig=", "channelid="])
    assert.ok(!wire.includes(hidden), hidden);
});

test("a picture that cannot be had becomes initials", async () => {
  const friends: WireFriend[] = [
    { openid: "1", user_name: "Ada Lovelace", picture_url: "https://127.0.0.1:9/nothing.png" },
    { openid: "2", user_name: "张伟", picture_url: "http://plain.example/p.png" },
    { openid: "3", user_name: "Grace", picture_url: "javascript:alert(1)" },
  ];
  const { page, complaints } = await open({ friends });
  await page.waitForFunction(() => document.querySelectorAll("[data-friend] img").length === 0);
  assert.deepEqual(
    await page.$$eval("[data-avatar=initials] .initials", (all) => all.map((each) => each.textContent)),
    ["AL", "张", "G"],
  );
  // The others were not even asked for: the browser would have complained about them.
  for (const complaint of complaints) assert.match(complaint, /127\.0\.0\.1:9\//);
});

test("it fits a narrow phone, and works by keyboard", async () => {
  const { page } = await open({ friends: 30 });
  await page.setViewportSize({ width: 360, height: 640 });
  for (const tab of ["recall", "sopenid", "share", "ark", "friends"]) {
    await page.click(`#tab-${tab}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, tab);
  }
  await page.focus("#tab-friends");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.isVisible("#panel-ark"), true);
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.isVisible("#panel-friends"), true);
});
