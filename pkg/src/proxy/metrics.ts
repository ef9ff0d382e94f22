// Counts for Prometheus, labelled by endpoint path and class and nothing else: a label from a caller would grow for ever.

/** What became of a call: a refusal's class, or one of these. */
export type Outcome = "ok" | "upstream_error" | (string & {});

/** Upper bounds in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Durations {
  readonly buckets: number[];
  sum: number;
  count: number;
}

/** What is read at the moment it is asked for. */
export type Gauges = Readonly<Record<string, () => number>>;

export class Metrics {
  readonly #calls = new Map<string, number>();
  readonly #durations = new Map<string, Durations>();
  #storeFailures = 0;

  /** @param path of an endpoint, or "other" */
  observe(path: string, outcome: Outcome, seconds: number): void {
    const labels = `endpoint="${path}",class="${outcome}"`;
    this.#calls.set(labels, (this.#calls.get(labels) ?? 0) + 1);
    let durations = this.#durations.get(path);
    if (!durations) {
      durations = { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 };
      this.#durations.set(path, durations);
    }
    durations.sum += seconds;
    durations.count++;
    const first = BUCKETS.findIndex((bound) => seconds <= bound);
    if (first >= 0) durations.buckets[first] = (durations.buckets[first] ?? 0) + 1;
  }

  storeFailed(): void {
    this.#storeFailures++;
  }

  /** The text format of Prometheus, version 0.0.4. */
  print(gauges: Gauges): string {
    const lines = ["# TYPE msdk_proxy_calls_total counter"];
    for (const [labels, count] of this.#calls) lines.push(`msdk_proxy_calls_total{${labels}} ${count}`);
    lines.push("# TYPE msdk_proxy_call_seconds histogram");
    for (const [path, durations] of this.#durations) lines.push(...histogram(path, durations));
    lines.push("# TYPE msdk_proxy_store_failures_total counter");
    lines.push(`msdk_proxy_store_failures_total ${this.#storeFailures}`);
    for (const [name, read] of Object.entries(gauges)) {
      lines.push(`# TYPE msdk_proxy_${name} gauge`, `msdk_proxy_${name} ${read()}`);
    }
    return `${lines.join("\n")}\n`;
  }
}

function histogram(path: string, { buckets, sum, count }: Durations): string[] {
  let below = 0;
  const line = (bound: number | "+Inf", value: number) =>
    `msdk_proxy_call_seconds_bucket{endpoint="${path}",le="${bound}"} ${value}`;
  return [
    ...BUCKETS.map((bound, index) => {
      below += buckets[index] ?? 0;
      return line(bound, below);
    }),
    line("+Inf", count),
    `msdk_proxy_call_seconds_sum{endpoint="${path}"} ${sum}`,
    `msdk_proxy_call_seconds_count{endpoint="${path}"} ${count}`,
  ];
}
