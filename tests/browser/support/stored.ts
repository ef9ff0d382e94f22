// Everything that a page has put somewhere: storages, cookies, IndexedDB, caches, and the document itself.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Piece } from "./spellings.ts";

/** A text, or bytes in base64, as it gets out of the page. */
type Found = [where: string, text: string | undefined, base64?: string];

/** As text: what compiles the tests puts names into functions that no page has. */
const everythingStored = readFileSync(new URL("stored-inside.js", import.meta.url), "utf8");

export async function storedBy(page: Page): Promise<Piece[]> {
  const cookies = await page.context().cookies();
  const found = await page.evaluate<Found[]>(everythingStored);
  return [
    { where: "cookies", bytes: Buffer.from(JSON.stringify(cookies)) },
    ...found.map(([where, text, base64 = ""]) => ({
      where,
      bytes: text === undefined ? Buffer.from(base64, "base64") : inBothWidths(text),
    })),
  ];
}

/** A string's characters may be bytes. */
const inBothWidths = (text: string) => Buffer.concat([Buffer.from(text), Buffer.from(text, "latin1")]);
