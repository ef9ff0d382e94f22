// The measured values as text on a screen.

const UNITS = { friends: "µs", sign: "µs", avatars: "µs", cold: "ms", memory: "bytes" };

const unitOf = (task) => UNITS[/^\w+/.exec(task)[0]];

/** Three digits, or all of the whole number. */
const digits = (value) =>
  value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));

const range = ({ median, q1, q3 }) => `${digits(median)} (${digits(q1)}-${digits(q3)})`;

/** Every contender of every task in one engine: median and quartiles, and ours against it. */
export function printEngine({ name, version, clockStepMs, tasks }) {
  const step = digits(clockStepMs * 1_000);
  console.log(`\n${name} ${version}: clock in steps of ${step} µs; median (quartiles)`);
  for (const [task, { contenders, ratios }] of Object.entries(tasks)) {
    const names = Object.keys(contenders);
    if (names.length === 0) continue;
    console.log(`  ${task}, ${unitOf(task)}`);
    for (const contender of names) {
      const ratio = ratios[contender] ? `ours is ${range(ratios[contender])} of it` : "";
      console.log(`    ${contender.padEnd(20)}${range(contenders[contender]).padEnd(44)}${ratio}`.trimEnd());
    }
  }
}
