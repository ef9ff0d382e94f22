// WeChat's own npm step, on a project: `node wechat-packer.mjs NEEDS PROJECT OUTPUT`. In a process of its own, since it
// prints as it likes. Gives what it says of itself on the last line, as JSON.

import { createRequire } from "node:module";
import { join } from "node:path";

const [needs, project, output] = process.argv.slice(2);
const { packNpmManually } = createRequire(join(needs, "package.json"))("miniprogram-ci");

const said = await packNpmManually({
  packageJsonPath: join(project, "package.json"),
  miniprogramNpmDistDir: output,
});
process.stdout.write(`\n${JSON.stringify(said)}\n`, () => process.exit());
