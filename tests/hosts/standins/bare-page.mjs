// A bare engine with the stand-ins in it.

import { fileURLToPath } from "node:url";
import { build } from "esbuild";

import { services } from "./outside.mjs";

const entry = fileURLToPath(new URL("inside/index.mjs", import.meta.url));

async function standInText() {
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: "iife" });
  return outputFiles[0].text;
}

/** Opens a page of the engine and makes it the vendor's that `settings` say. */
export async function openAs(engine, settings) {
  const page = await engine.open(services);
  await page.evaluate(`${await standInText()};0`, 10_000, "stand-in.js");
  await page.evaluate(`standIn.become(${JSON.stringify(settings)})`, 10_000, "become.js");
  return page;
}
