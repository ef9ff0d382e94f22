// Reads the text format of Prometheus, version 0.0.4, as strictly as its page describes it.
import assert from "node:assert/strict";

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly type: string;
  readonly samples: Sample[];
}

const SAMPLE =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? ([-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|Inf)|NaN)$/;

/** The families by name. Fails where a line is none of the format, or where a sample has no TYPE in front. */
export function parseMetrics(text: string): Map<string, Family> {
  assert.equal(text.endsWith("\n"), true, "the last line has an end");
  const families = new Map<string, Family>();
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const [, name = "", type = ""] =
      /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line) ?? [];
    if (name) {
      assert.equal(families.has(name), false, `${name} has one TYPE`);
      families.set(name, { type, samples: [] });
      current = name;
      continue;
    }
    const sample = sampleOf(line);
    const family = families.get(current);
    const base = family?.type === "histogram" ? sample.name.replace(/_(bucket|sum|count)$/, "") : sample.name;
    assert.equal(base, current, `${sample.name} stands below its TYPE`);
    family?.samples.push(sample);
  }
  return families;
}

function sampleOf(line: string): Sample {
  const found = SAMPLE.exec(line);
  if (!found) throw new assert.AssertionError({ message: `no line of the format: ${line}` });
  const [, name = "", labels = "", value] = found;
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [label, text]);
  assert.equal(new Set(pairs.map(([label]) => label)).size, pairs.length, "a label stands once");
  return { name, labels: Object.fromEntries(pairs), value: Number(value?.replace("Inf", "Infinity")) };
}

/** Of a histogram: buckets that only grow, up to the count of all. */
export function checkHistogram({ samples }: Family): void {
  for (const endpoint of new Set(samples.map(({ labels }) => labels.endpoint))) {
    const own = samples.filter(({ labels }) => labels.endpoint === endpoint);
    const buckets = own.filter(({ name }) => name.endsWith("_bucket"));
    const bounds = buckets.map(({ labels }) => Number(labels.le?.replace("Inf", "Infinity")));
    assert.deepEqual(
      bounds,
      [...bounds].sort((a, b) => a - b),
    );
    assert.equal(bounds.at(-1), Number.POSITIVE_INFINITY);
    const values = buckets.map(({ value }) => value);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => a - b),
    );
    assert.equal(values.at(-1), own.find(({ name }) => name.endsWith("_count"))?.value);
    assert.equal(own.filter(({ name }) => name.endsWith("_sum")).length, 1);
  }
}
