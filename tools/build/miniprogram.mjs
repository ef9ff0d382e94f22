// The directory that WeChat's npm step copies as it is (`miniprogram` in pkg/package.json): the script, the wasm beside
// it, and what makes both be found.

import { join } from "node:path";

import { dist } from "../paths.mjs";

export const miniprogram = join(dist, "miniprogram");

const theScript = 'module.exports = require("./msdk-friends.js");\n';

const file = (name, text) => ({ path: join(miniprogram, name), contents: Buffer.from(text) });

export const miniprogramFiles = [
  // What `require("msdk-friends")` loads there.
  file("index.js", theScript),
  // `msdk-friends/mini`, the name that everything else than WeChat's npm step knows.
  file("mini.js", theScript),
  // The package around it holds modules.
  file("package.json", '{ "type": "commonjs" }\n'),
];
