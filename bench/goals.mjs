// What the package promises, as data. `task` and `against` name a ratio of ours to a contender, measured in each engine;
// `size` names bytes. `atMost` is a number, or one for each engine; without it the value is only shown.

import { ENGINES, OURS, PLAIN, STACK } from "./names.mjs";

const only = (ids, atMost) => Object.fromEntries(ids.map((id) => [id, atMost]));
const everywhere = (atMost) => only(Object.keys(ENGINES), atMost);
const large = { ...everywhere(0.6), firefox: 0.8, webkit: 0.8 };

export const goals = [
  {
    title: "Cold start, against ky + zod + js-md5",
    rows: [
      ["to the first signed request", "cold, to the first signed request", STACK, everywhere(1)],
      ["to the first 200 friends", "cold, to the first list", STACK, everywhere(1)],
      ["the same, loading the files included", "cold, to the first list, loading included", STACK, {}],
    ],
  },
  {
    title: "Friend list, bytes to ready objects, against decode + JSON.parse + a hand-written map",
    rows: [
      ["20 friends", "friends 20", PLAIN, everywhere(0.8)],
      ["200 friends", "friends 200", PLAIN, large],
      ["200 friends, QQ", "friends 200 QQ", PLAIN, large],
      ["2,000 friends", "friends 2000", PLAIN, large],
      ["10,000 friends", "friends 10000", PLAIN, large],
    ],
  },
  {
    title: "Friend list, against decode + JSON.parse + zod + the map",
    rows: [
      ["20 friends", "friends 20", "zod", everywhere(0.4)],
      ["200 friends", "friends 200", "zod", everywhere(0.4)],
      ["200 friends, QQ", "friends 200 QQ", "zod", everywhere(0.4)],
      ["2,000 friends", "friends 2000", "zod", everywhere(0.4)],
      ["10,000 friends", "friends 10000", "zod", everywhere(0.4)],
    ],
  },
  {
    title: "Cost per friend, 20 to 50,000",
    rows: [["the dearest size against 20 friends", "growth", "20 friends", everywhere(1.25)]],
  },
  {
    title: "Signing one request",
    rows: [
      ["300 bytes, against js-md5", "sign 300", "js-md5", everywhere(1)],
      ["300 bytes, against spark-md5", "sign 300", "spark-md5", everywhere(1)],
      ["300 bytes, against hash-wasm", "sign 300", "hash-wasm", everywhere(1.2)],
      ["2 KB, against js-md5", "sign 2048", "js-md5", everywhere(1)],
      ["2 KB, against spark-md5", "sign 2048", "spark-md5", everywhere(1)],
      ["2 KB, against hash-wasm", "sign 2048", "hash-wasm", everywhere(1.2)],
    ],
  },
  {
    title: "1,024 avatar URLs",
    rows: [["against plain JavaScript", "avatars 1024", PLAIN, everywhere(1.2)]],
  },
  {
    title: "Memory of 10,000 friends",
    rows: [["peak, against JSON.parse", "memory, peak", PLAIN, only(["node"], 1.5)]],
  },
].map(({ title, rows }) => ({
  title,
  rows: rows.map(([what, task, against, atMost]) => ({ what, task, against, atMost })),
}));

/** Bytes after brotli 11 unless the text says otherwise. A limit may be a function of all sizes. */
export const sizeGoals = [
  { what: "a page downloads, wasm and script", size: "a page downloads", atMost: 16_000 },
  { what: "of it wasm", size: "wasm", atMost: 11_500 },
  { what: "a bare import", size: "bare import", atMost: 0 },
  { what: "the tarball, as npm packs it", size: "tarball", atMost: 250_000 },
  {
    what: "`/inline`, the wasm inside the script; 1.3 times what a page downloads",
    size: "./inline, everything and the wasm",
    atMost: (sizes) => 1.3 * sizes["a page downloads"],
  },
  { what: "the page of the cold start", size: `the page of ${OURS}` },
  { what: `the same page with ${STACK}`, size: `the page of ${STACK}` },
];
