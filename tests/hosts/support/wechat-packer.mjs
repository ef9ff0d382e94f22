// WeChat's own npm step, on a project: `node wechat-packer.mjs NEEDS PROJECT OUTPUT`. In a process of its own, since it
// prints as it likes. Gives what it says of itself on the last line, as JSON, and with it where it tried to connect to.

import { createRequire } from "node:module";
import { Socket } from "node:net";
import { join } from "node:path";

// Every connection that Node makes goes this way: to whom is told, and it fails.
const connections = [];
Socket.prototype.connect = function refuse(...args) {
  connections.push(JSON.stringify(args));
  throw new Error("the packer has no network here");
};

const [needs, project, output] = process.argv.slice(2);
const { packNpmManually } = createRequire(join(needs, "package.json"))("miniprogram-ci");

const said = await packNpmManually({
  packageJsonPath: join(project, "package.json"),
  miniprogramNpmDistDir: output,
});
process.stdout.write(`\n${JSON.stringify({ ...said, connections })}\n`, () => process.exit());
