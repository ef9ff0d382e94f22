// UTF-8 as the Encoding Standard has it, for hosts that have no TextEncoder: a lone surrogate is written as U+FFFD, and
// so is read each longest part of broken text that could have begun a character. A byte order mark is kept.

const REPLACEMENT = 0xfffd;
/** More arguments than this in one call overflow the stack of some engines. */
const AT_ONCE = 4096;

export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  return bytes.slice(0, encodeInto(text, bytes));
}

/** Writes the text, and gives its length in bytes. */
export function encodeInto(text: string, into: Uint8Array): number {
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    let point = text.charCodeAt(index);
    if (point < 0x80) {
      into[at++] = point;
      continue;
    }
    if (point >= 0xd800 && point < 0xe000) {
      const low = text.charCodeAt(index + 1);
      const isPair = point < 0xdc00 && low >= 0xdc00 && low < 0xe000;
      point = isPair ? 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00) : REPLACEMENT;
      if (isPair) index++;
    }
    if (point < 0x800) into[at++] = 0xc0 | (point >> 6);
    else {
      if (point < 0x10000) into[at++] = 0xe0 | (point >> 12);
      else {
        into[at++] = 0xf0 | (point >> 18);
        into[at++] = 0x80 | ((point >> 12) & 0x3f);
      }
      into[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    into[at++] = 0x80 | (point & 0x3f);
  }
  return at;
}

export function decode(bytes: Uint8Array | undefined): string {
  if (!bytes) return "";
  let text = "";
  let units: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number;
    if (first < 0x80) {
      units.push(first);
      at++;
    } else at = decodeWide(bytes, at, units);
    if (units.length >= AT_ONCE) {
      text += String.fromCharCode.apply(null, units);
      units = [];
    }
  }
  return text + String.fromCharCode.apply(null, units);
}

/** Reads what is not ASCII at `at`, and gives where the next character begins. */
function decodeWide(bytes: Uint8Array, at: number, units: number[]): number {
  const first = bytes[at++] as number;
  const following = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  // What no character begins with: a following byte, an overlong form, or what is beyond Unicode.
  if (first < 0xc2 || first > 0xf4) {
    units.push(REPLACEMENT);
    return at;
  }
  let point = first & (0x3f >> following);
  for (let left = following; left > 0; left--) {
    const byte = at < bytes.length ? (bytes[at] as number) : 0;
    const isFirst = left === following;
    if (byte < least(first, isFirst) || byte > most(first, isFirst)) {
      units.push(REPLACEMENT);
      return at;
    }
    point = (point << 6) | (byte & 0x3f);
    at++;
  }
  if (point < 0x10000) units.push(point);
  else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
  return at;
}

/** The byte behind the first is narrower where the form would be overlong, a surrogate or beyond Unicode. */
const least = (first: number, isFirst: boolean): number =>
  isFirst && first === 0xe0 ? 0xa0 : isFirst && first === 0xf0 ? 0x90 : 0x80;

const most = (first: number, isFirst: boolean): number =>
  isFirst && first === 0xed ? 0x9f : isFirst && first === 0xf4 ? 0x8f : 0xbf;
