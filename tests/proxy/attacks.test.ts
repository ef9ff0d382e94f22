import { describe, test } from "node:test";
import * as proxy from "msdk-friends/proxy";
import * as node from "msdk-friends/proxy/node";
import { classes } from "./attacks/index.ts";
import { BOTH, repel } from "./support/repel.ts";

const library = { ...proxy, ...node };

for (const { name, attacks } of classes) {
  describe(name, { concurrency: 8 }, () => {
    for (const attack of attacks) {
      for (const door of attack.doors ?? BOTH) {
        test(`${attack.name} (${door})`, () => repel(attack, door, library));
      }
    }
  });
}
