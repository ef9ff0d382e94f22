// The engines of the benchmark: how each is had, and how it finds the programs.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { launchChromium } from "../engines/chromium.mjs";
import { launchFirefox } from "../engines/firefox.mjs";
import { launchNode } from "../engines/node.mjs";
import { launchWebkit } from "../engines/webkit.mjs";
import { setUpChromium } from "../setup/chromium.mjs";
import { setUpFirefox } from "../setup/firefox.mjs";
import { setUpWebkit } from "../setup/webkit.mjs";
import { nodePrograms } from "./bundles.mjs";

const neededBy = "the benchmark needs";

const launchers = {
  node: () => launchNode(),
  chromium: async () => launchChromium(await setUpChromium(neededBy)),
  firefox: async () => launchFirefox(await setUpFirefox(neededBy)),
  webkit: async () => launchWebkit(await setUpWebkit(neededBy)),
};

export const engineIds = Object.keys(launchers);

/** The engine with `open(program)` and `scriptAddress(program)`. @throws where it cannot be had */
export async function launchEngine(id, serverUrl) {
  const engine = await launchers[id]();
  if (id === "node") {
    const path = (program) => join(nodePrograms, `${program}.mjs`);
    return {
      ...engine,
      open: (program) => engine.open(path(program)),
      scriptAddress: (program) => pathToFileURL(path(program)).href,
    };
  }
  let fresh = 0;
  return {
    ...engine,
    open: (program) => engine.open(`${serverUrl}/${++fresh}/${program}.html`),
    scriptAddress: (program) => `/${++fresh}/${program}.js`,
  };
}
