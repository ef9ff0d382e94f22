// The README's table of hosts, from a whole run.

import { GROUPS } from "./all.mjs";
import { knownAnswers } from "./expected.mjs";

const row = (cells) => `| ${cells.join(" | ")} |`;

/** One cell in front: the host's name and, in front of the bar, the version of what ran. */
const VERSION = / \d[\w.+-]*(?= \|)/g;

const introduction = [
  "**No phone has been used.** Each row is a run of `npm run test:hosts` on a Linux machine: a host that exists only on a",
  "phone or in a vendor's tools is stood in for, and its last column says by what. The program is the same in every row: it",
  "lists 500 friends from the sandbox over that host's own requests, resizes an avatar, gets an error each for a wrong input, a",
  "wrong key, a failing server, a broken connection and a timeout, and calls a request off. The known answers are all those of",
  "[tests/vectors](tests/vectors). In front of [the signing proxy](#the-signing-proxy) a page's client lists the friends, has a",
  "request signed, and is refused as another origin, a stranger and another player, and where the backend stalls.",
];

export function matrix(results) {
  const lines = [
    ...introduction,
    "",
    row(["host", "how the package is loaded", "what was run", "what was not"]),
    row(["---", "---", "---", "---"]),
  ];
  for (const group of GROUPS) {
    const rows = results.filter(({ host }) => host.group === group);
    if (rows.length > 0) lines.push(row([`**${group}**`, "", "", ""]), ...rows.map(hostRow));
  }
  return lines.join("\n");
}

function hostRow({ host, version }) {
  const program = host.expected?.what ?? `program, ${knownAnswers} known answers`;
  const ran = [program, ...(host.alsoRun ? [host.alsoRun] : [])].join("; ");
  return row([`${host.name} ${version}`, host.loads, ran, host.notRun || "–"]);
}

export const withoutVersions = (table) => table.replace(VERSION, "");
