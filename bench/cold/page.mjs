// Where a cold start is measured: a fresh page, or a fresh process, that has loaded nothing but this.

import { Chance } from "../data/chance.mjs";
import { friendListAnswer, WECHAT } from "../data/friends.mjs";
import { measureCold } from "./harness.mjs";

globalThis.bench = {
  cold: (stackAddress, seed) =>
    measureCold(() => import(stackAddress), friendListAnswer(new Chance(seed), WECHAT, 200)),
};
