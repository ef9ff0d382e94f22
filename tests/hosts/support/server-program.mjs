// The program as a file of a stranger's project, run by a server's runtime from its command line.

import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

const forms = {
  mjs: (entry, web, run) => `import * as msdk from ${entry};
import { runOnWeb } from ${web};
${run}`,
  cjs: (entry, web, run) => `const msdk = require(${entry});
import(${web}).then(async ({ runOnWeb }) => { ${run} });`,
};

/**
 * Writes the program into the project and runs `command` with it as the last argument; gives the report. `form`: "mjs" or
 * "cjs"; `before`: statements that the package needs first.
 */
export async function runServerProgram({ app, program, sandbox }, { id, form, command, entry, before = "" }) {
  const directory = join(app, id);
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `program.${form}`);
  const run = `${before}\nconsole.log(JSON.stringify(await runOnWeb(msdk, ${JSON.stringify(sandbox)})));`;
  const web = pathToFileURL(program.webModule).href;
  writeFileSync(path, forms[form](JSON.stringify(entry), JSON.stringify(web), run));
  const [name, ...args] = command;
  // In the project's own directory, whose package.json some runtimes look for. The child's budget ends it.
  const { stdout } = await execute(name, [...args, path], { cwd: app, maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}
