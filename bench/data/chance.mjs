/** A small seeded generator (mulberry32): every round has data of its own, and a run can be repeated. */
export class Chance {
  constructor(seed) {
    this.state = seed;
  }

  /** From 0 to 1, without 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(bound) {
    return Math.floor(this.next() * bound);
  }

  /** True once in so many times. */
  once(among) {
    return this.below(among) === 0;
  }

  pick(choices) {
    return choices[this.below(choices.length)];
  }

  text(alphabet, length) {
    let text = "";
    while (text.length < length) text += alphabet[this.below(alphabet.length)];
    return text;
  }
}
