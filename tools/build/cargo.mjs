// cargo's side: the wasm of the crate, and the host tool that makes its glue.

import { realpathSync } from "node:fs";
import { dirname } from "node:path";

import { Failure } from "../failure.mjs";
import { root } from "../paths.mjs";
import { finish, start } from "../processes.mjs";
import { pageTarget, wasmTarget } from "../target.mjs";

async function cargo(args, env) {
  const child = start("cargo", args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const { code, output } = await finish(child, { timeoutMs: 1_200_000 });
  if (code !== 0) throw new Failure(`cargo ${args[0]} failed; its message stands above.`);
  return output;
}

const build = (args, { kind, env, crate }) =>
  artifact(["build", "--locked", ...args], { kind, env, crate, ending: kind === "bin" ? "" : ".wasm" });

/**
 * Builds and gives the path of the artifact, which cargo alone knows (CARGO_TARGET_DIR, a user's config): the last one, or
 * that of the crate.
 */
async function artifact([command, ...args], { kind, env, crate, ending }) {
  const output = await cargo([command, "--message-format=json-render-diagnostics", ...args], env);
  const artifacts = output
    .split("\n")
    .filter((line) => line.startsWith('{"reason":"compiler-artifact"'))
    .map((line) => JSON.parse(line));
  const path = artifacts
    .filter(
      ({ target }) => target.kind.includes(kind) && (!crate || target.name === crate.replaceAll("-", "_")),
    )
    .flatMap((artifact) => artifact.executable ?? artifact.filenames)
    .findLast((name) => name.endsWith(ending));
  if (!path) throw new Failure(`cargo ${command} ${args.join(" ")} left no ${kind}`);
  return path;
}

/**
 * Everything that would name this machine in a panic message: the checkout, the sources of the dependencies (whose
 * directory also names the registry's host), and the standard library's when rust-src is installed.
 */
async function machinePaths() {
  const metadata = JSON.parse(
    await cargo([
      "metadata",
      "--locked",
      "--format-version=1",
      "--filter-platform",
      wasmTarget,
      "--features",
      "wasm",
    ]),
  );
  const registries = metadata.packages
    .filter((crate) => crate.source)
    .map((crate) => dirname(dirname(crate.manifest_path)));
  const sysroot = (
    await finish(start("rustc", ["--print", "sysroot"], { stdio: ["ignore", "pipe", "inherit"] }))
  ).output;
  return new Map([
    [`${sysroot.trim()}/lib/rustlib/src/rust`, "/rust"],
    ...[...new Set(registries)].map((path) => [path, "/crates"]),
    [realpathSync(root), "."],
  ]);
}

/**
 * The core recurses only over nested JSON, 64 levels at most. A small stack lies in front of the data, whose addresses
 * then take a byte less each; and a page has less memory to clear.
 */
const STACK_BYTES = 32 * 1024;

/** The crate as wasm, for the oldest engine that hosts have: its target knows no newer features. */
async function buildForWasm(args) {
  const remaps = [...(await machinePaths())].map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
  // Encoded, since paths may hold spaces. With --target, build scripts and macros do not get them.
  const env = { CARGO_ENCODED_RUSTFLAGS: [...remaps, `-Clink-arg=-zstack-size=${STACK_BYTES}`].join("\x1f") };
  // Only here: whoever depends on the crate wants no library of its own beside the program. With the other form, without
  // which the linker leaves a twentieth more.
  const command = ["rustc", "--locked", "--lib", "--crate-type", "rlib,cdylib", "--target", wasmTarget];
  return artifact([...command, ...args], { kind: "cdylib", env, ending: ".wasm" });
}

export const buildCrate = () => buildForWasm(["--release", "--features", "wasm"]);

/** The C interface, as a wasm that imports nothing. */
export const buildCapi = () => buildForWasm(["--profile", "capi", "--features", "capi"]);

/** The C interface for this machine, as a static library. Only here: other builds would make one in vain. */
export async function buildCapiLibrary() {
  const args = ["rustc", "--locked", "--lib", "--crate-type", "staticlib", "--profile", "capi"];
  return artifact([...args, "--features", "capi"], { kind: "staticlib", ending: ".a" });
}

/**
 * One of the programs in this workspace that use the feature `web`. All are built: each alone would have the library made
 * anew with other features, at the same place.
 */
export function buildProgram(crate, crates) {
  const packages = crates.flatMap((name) => ["--package", name]);
  return build(["--release", ...packages, "--target", pageTarget], { kind: "cdylib", crate });
}

/** tools/bindgen, for this machine. Compiled once; no debug information, which would take most of the time. */
export const buildBindgen = () =>
  build(["--package", "msdk-bindgen", "--config", "profile.dev.debug=false"], { kind: "bin" });
