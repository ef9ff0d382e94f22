// Where the results go: a line a host, a file, the README's table, the summary line.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root, scratch } from "../paths.mjs";
import { sectionIn, withSection } from "../sections.mjs";
import { matrix, withoutVersions } from "./matrix.mjs";

/** Of a host's problems; all of them are in the file. */
const SHOWN = 8;
const SECTION = "hosts";
const readme = join(root, "README.md");
const directory = join(scratch, "hosts");

export function printLine({ host, version, seconds, problems }) {
  const mark = problems.length > 0 ? "FAIL" : "ok";
  const name = version ? `${host.name} ${version}` : host.name;
  console.log(`  ${mark.padEnd(5)}${host.id.padEnd(24)}${`${seconds.toFixed(1)} s`.padStart(8)}  ${name}`);
  const said = problems.filter(Boolean);
  for (const problem of said.slice(0, SHOWN)) console.error(problem.trimEnd().replace(/^/gm, "       "));
  if (said.length > SHOWN) console.error(`       … and ${said.length - SHOWN} more`);
}

/** Gives whether all is well. */
export function report(results, { isWhole, write }) {
  writeResults(results);
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  const complaint = isWhole && failed === 0 ? settleReadme(results, write) : undefined;
  if (complaint) console.error(`\n${complaint}`);
  const faults = failed + (complaint ? 1 : 0);
  console.log(`\n${results.length - failed} passed, ${faults} failed`);
  return faults === 0;
}

function writeResults(results) {
  const rows = results.map(({ host, version, seconds, problems, report }) => ({
    ...{ id: host.id, group: host.group, name: host.name, version, seconds, problems },
    ...{ facts: report?.facts, vectors: report?.vectors },
  }));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "results.json"), `${JSON.stringify(rows, null, 2)}\n`);
}

/** Writes the table, or compares it; gives what is wrong with it. */
function settleReadme(results, write) {
  const text = readFileSync(readme, "utf8");
  const table = matrix(results);
  const written = sectionIn(text, SECTION);
  if (written === undefined) return "README.md has no markers for the table of hosts.";
  if (write) writeFileSync(readme, withSection(text, SECTION, table));
  else if (withoutVersions(written) !== withoutVersions(table)) {
    return "README.md has another table of hosts: npm run test:hosts -- --write";
  }
  return undefined;
}
