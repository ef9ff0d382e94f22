// The example for Rust programs in a page, as its page loads it.
import assert from "node:assert/strict";
import { it } from "node:test";
import { DEFAULT_KEY, type SandboxOptions, startSandbox } from "msdk-friends/sandbox";
import { openPage } from "./support/page.ts";

/** What the page shows of a sandbox's friends. */
async function drawn(options: SandboxOptions) {
  const sandbox = await startSandbox({ gameId: "12", key: DEFAULT_KEY, ...options });
  const query = `?sandbox=${encodeURIComponent(sandbox.url)}`;
  const { page, complaints, close } = await openPage("example", query);
  try {
    const items = await page.locator("li").allTextContents();
    const pictures = await page.evaluate("[...document.images].map(({ src }) => src)");
    const thrown = complaints.filter((complaint) => complaint.startsWith("thrown"));
    return { items, pictures: pictures as string[], thrown };
  } finally {
    await close();
    await sandbox.close();
  }
}

it("draws the friends with their avatars", async () => {
  const { items, pictures, thrown } = await drawn({ friends: 25 });
  assert.equal(items.length, 25);
  assert.deepEqual(
    items.filter((name) => name === ""),
    [],
  );
  assert.notEqual(pictures.length, 0);
  for (const picture of pictures) if (picture.includes("qlogo.cn")) assert.match(picture, /\/40$/);
  assert.deepEqual(thrown, []);
});

it("says what went wrong", async () => {
  const { items, thrown } = await drawn({ fault: "not-json" });
  assert.equal(items.length, 1);
  assert.match(items[0] ?? "", /^No friends today: malformed response/);
  assert.deepEqual(thrown, []);
});
