// What every command needs before it starts. Does nothing, and asks no network, when all is there.

import "./setup/node.mjs";

import { setUpPackages } from "./setup/packages.mjs";
import { setUpRust } from "./setup/rust.mjs";

export async function setUp() {
  await setUpRust();
  await setUpPackages();
}
