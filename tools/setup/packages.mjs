// The npm packages. Only Node's own modules here: node_modules may not exist yet.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { installed, root } from "../paths.mjs";
import { run } from "../processes.mjs";

/**
 * Whether node_modules is what package-lock.json says. npm writes `.package-lock.json` last, as a record of what it
 * installed, so an install that was interrupted is seen too. Packages for other platforms are not installed.
 */
function matchesLock() {
  const record = installed(".package-lock.json");
  if (!existsSync(record)) return false;
  const [wanted, there] = [join(root, "package-lock.json"), record].map(
    (path) => JSON.parse(readFileSync(path, "utf8")).packages,
  );
  const same = (path) =>
    there[path]?.version === wanted[path].version && there[path]?.integrity === wanted[path].integrity;
  return (
    Object.keys(there).every((path) => path in wanted) &&
    Object.keys(wanted).every((path) => path === "" || (there[path] ? same(path) : wanted[path].optional))
  );
}

export async function setUpPackages() {
  if (matchesLock()) return;
  console.log("set-up: npm ci");
  // Under `npm start` npm says where it is; none of our packages needs an install script.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const options = { what: "npm ci", timeoutMs: 900_000 };
  await (npm?.endsWith(".js") ? run(process.execPath, [npm, ...args], options) : run("npm", args, options));
}
