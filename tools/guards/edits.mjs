// A guard's edits, made in texts.

import { join } from "node:path";

import { Failure } from "../failure.mjs";
import { pkg } from "../paths.mjs";

/** The sources that differ, by path. @throws Failure, where a text does not stand in its file exactly once */
export function editedSources(edits, read) {
  const sources = new Map();
  for (const [file, text, without] of edits) {
    const path = join(pkg, "src", "proxy", file);
    sources.set(path, edited(sources.get(path) ?? read(path), file, text, without));
  }
  return sources;
}

function edited(source, file, text, without) {
  const [before, after, ...more] = source.split(text);
  if (after === undefined || more.length > 0) {
    const count = after === undefined ? "nowhere" : `${more.length + 1} times`;
    throw new Failure(`the text stands ${count} in ${file}, not once: ${text}`);
  }
  return before + without + after;
}
