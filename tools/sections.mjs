// Parts of a document that a command writes: they stand between `<!-- name:begin -->` and `<!-- name:end -->`.

const markers = (name) => [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];

/** What stands between the markers; undefined where there are none. */
export function sectionIn(text, name) {
  const [begin, end] = markers(name);
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  return from < 0 || to < from ? undefined : text.slice(from + begin.length, to).trim();
}

/** The text with the content between its markers; undefined where there are none. */
export function withSection(text, name, content) {
  if (sectionIn(text, name) === undefined) return undefined;
  const [begin, end] = markers(name);
  const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  return `${before}${begin}\n${content}\n${after}`;
}
