/** The name that is probably meant: one that differs by two letters at most. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const far = (name: string) => distance(plain(given), plain(name));
  const [closest] = names.map((name) => ({ name, far: far(name) })).sort((a, b) => a.far - b.far);
  return closest && closest.far <= 2 && closest.far < given.length / 2 ? closest.name : undefined;
}

/** Neither the case nor what joins words makes another name. */
const plain = (name: string): string => name.toLowerCase().replaceAll("_", "");

/** How many letters have to be added, dropped or changed (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const letter of from) {
    const [first = 0] = row;
    const next = [first + 1];
    for (const [index, other] of [...to].entries()) {
      const [before = 0, above = 0] = row.slice(index, index + 2);
      next.push(Math.min(before + (letter === other ? 0 : 1), above + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
