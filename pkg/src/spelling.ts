/** A text without the ways to spell it. */
interface PlainText {
  text: string;
  /** Where the spelling of each code unit begins in the text as it was given. */
  from: number[];
  /** Where it ends. */
  to: number[];
}

// Percent codes side by side, a JSON escape (of JSON inside JSON too, hence the many backslashes), and what is left out:
// other backslashes and blanks, which JSON, URLs and forms spell in too many ways.
// Control characters as ranges: what mini-games run on may not know \p{Cc}.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SPELLING = /(?:%[0-9a-f]{2})+|\\+u[0-9a-f]{4}|\\+[bfnrt]?|[\s+\x00-\x1f\x7f-\x9f]+/gi;

/** So many spellings inside one another are undone. */
const MAX_DEPTH = 5;

/** Undoes the spellings of JSON, URLs and forms: two spellings of a text become the same. Takes time in proportion. */
export function plainText(text: string): PlainText {
  let plain: PlainText = { text, from: [], to: [] };
  for (let index = 0; index < text.length; index++) {
    plain.from.push(index);
    plain.to.push(index + 1);
  }
  for (let depth = 0; depth < MAX_DEPTH && plain.text.search(SPELLING) >= 0; depth++) plain = undone(plain);
  return plain;
}

function undone({ text, from, to }: PlainText): PlainText {
  const plain: PlainText = { text: "", from: [], to: [] };
  /** Each unit of `meaning` is spelled by all that stands from `start` to `end`. */
  const push = (meaning: string, start: number, end: number) => {
    plain.text += meaning;
    for (let unit = 0; unit < meaning.length; unit++) {
      plain.from.push(from[start] as number);
      plain.to.push(to[end - 1] as number);
    }
  };
  let at = 0;
  text.replace(SPELLING, (spelling, index: number) => {
    for (; at < index; at++) push(text.charAt(at), at, at + 1);
    at += spelling.length;
    push(meaningOf(spelling), index, at);
    return "";
  });
  for (; at < text.length; at++) push(text.charAt(at), at, at + 1);
  return plain;
}

function meaningOf(spelling: string): string {
  if (/^\\+u/i.test(spelling)) return String.fromCharCode(Number.parseInt(spelling.slice(-4), 16));
  if (!spelling.startsWith("%")) return "";
  try {
    return decodeURIComponent(spelling);
  } catch {
    // Cut inside a character. What is ASCII in it can be told all the same.
    return spelling.replace(/%([0-7].)/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
  }
}
