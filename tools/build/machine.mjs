// Texts that would tell on whose machine something was built.

import { homedir, tmpdir, userInfo } from "node:os";
import { root } from "../paths.mjs";

/** Without those too short to mean anything, such as a home directory of "/root": in binary data they occur by chance. */
export function machineTexts() {
  const places = [root, homedir(), tmpdir(), process.env.CARGO_HOME, `/home/${userInfo().username}/`];
  return [...places, "/.cargo/", "/.rustup/", "/registry/src/"].filter((text) => text?.length > 5);
}
