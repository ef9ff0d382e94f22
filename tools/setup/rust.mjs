// Rust and its wasm target.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Failure } from "../failure.mjs";
import { root } from "../paths.mjs";
import { ask, run } from "../processes.mjs";
import { wasmTarget } from "../target.mjs";

/** The oldest Rust that Cargo.toml allows, read from there so that it is written once. */
function oldestRust() {
  return /^rust-version = "([\d.]+)"/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
}

function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split(".").map(Number));
  return a[0] !== b[0] ? a[0] < b[0] : a[1] < b[1];
}

export async function setUpRust() {
  const oldest = oldestRust();
  const [cargo, rustc] = [await ask("cargo", ["--version"]), await ask("rustc", ["--version"])];
  if (!cargo || !rustc) {
    throw new Failure(`Rust is missing: install Rust ${oldest} or newer with rustup from https://rustup.rs.`);
  }
  const version = /\d+\.\d+/.exec(rustc)[0];
  if (isOlder(version, oldest)) {
    throw new Failure(`Rust ${version} is too old: install ${oldest} or newer with "rustup update stable".`);
  }
  await setUpTarget(wasmTarget);
}

/** The target is looked for on disk: that needs no network and holds for a Rust without rustup too. */
export async function setUpTarget(target) {
  const sysroot = await ask("rustc", ["--print", "sysroot"]);
  const isThere = () => existsSync(join(sysroot, "lib", "rustlib", target, "lib"));
  if (isThere()) return;

  if (!(await ask("rustup", ["--version"]))) {
    throw new Failure(`This Rust has no target ${target}: install Rust with rustup from https://rustup.rs.`);
  }
  console.log(`set-up: rustup target add ${target}`);
  await run("rustup", ["target", "add", target], { timeoutMs: 600_000 });
  if (!isThere())
    throw new Failure(`rustup added ${target}, but not to the Rust that cargo uses in ${sysroot}.`);
}

/** A component of the toolchain such as clippy: there, or added by rustup, or a sentence that says what to run. */
export async function setUpComponent(component, command) {
  const isThere = async () => (await ask("cargo", [command, "--version"])) !== undefined;
  if (await isThere()) return;
  console.log(`set-up: rustup component add ${component}`);
  await run("rustup", ["component", "add", component], { timeoutMs: 600_000 }).catch(() => {});
  if (!(await isThere())) {
    throw new Failure(`cargo ${command} is missing: run "rustup component add ${component}".`);
  }
}
