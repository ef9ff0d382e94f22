// Comparing and collecting, with what every engine has: there is no node:assert in a mini-game.

/** Whether two values are the same as plain data. Absent is not undefined: what is absent has to be absent. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  const [names, others] = [Object.keys(left), Object.keys(right)];
  return (
    names.length === others.length &&
    names.every((name) => others.includes(name) && same(left[name], right[name]))
  );
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

export class Failures {
  readonly list: string[] = [];

  equal(what: string, actual: unknown, expected: unknown): void {
    if (!same(actual, expected)) this.list.push(`${what}: ${shown(actual)} where ${shown(expected)} belongs`);
  }

  /** Runs a step; what it throws is a failure with its name. */
  async catching<T>(what: string, step: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      this.list.push(
        `${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
      );
      return undefined;
    }
  }
}
