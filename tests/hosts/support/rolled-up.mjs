// A game's script that imports names of `./mini`, bundled by Rollup.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { needed } from "./needed.mjs";

const game = `import { Channel, createAbort, createClient, isMsdkError } from "msdk-friends/mini";
import * as everything from "msdk-friends/mini";
export const msdk = Object.assign({}, everything, { Channel, createAbort, createClient, isMsdkError });
`;

/** `prepared`: where Rollup is installed. */
export async function rolledUp(_, { app, prepared }) {
  const directory = join(app, "rolled-up");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "game.mjs"), game);
  const { rollup } = await needed(prepared, "rollup");
  const { nodeResolve } = await needed(prepared, "@rollup/plugin-node-resolve");
  const { default: commonjs } = await needed(prepared, "@rollup/plugin-commonjs");
  const plugins = [nodeResolve(), commonjs()];
  const bundle = await rollup({ input: join(directory, "game.mjs"), plugins });
  const { output } = await bundle.generate({ format: "iife", name: "game" });
  await bundle.close();
  const [{ code }] = output;
  return { texts: [code], script: `${code}\nstandIn.package = game.msdk;` };
}
