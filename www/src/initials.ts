// What stands for a picture that there is none of.

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Two letters of an alphabet's two words, else the first sign of the name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const [first, second] = words.map(firstSign);
  if (!first) return "?";
  return second && isLetter(first) && isLetter(second) ? (first + second).toUpperCase() : first.toUpperCase();
}

function firstSign(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment;
  return "";
}

const isLetter = (sign: string) => /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(sign);

/** One of eight colours, the same for the same id. */
export function tintOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return sum % 8;
}
