// Times that a coarse clock can tell. Browsers round performance.now(), some to a whole millisecond.

/** Where results go, so that no engine may find that nobody wants them. */
const last = { result: undefined };

/** Milliseconds a call over so many calls, the inputs taken in turn. */
export function timePerCall(run, inputs, calls) {
  const began = performance.now();
  for (let call = 0; call < calls; call++) last.result = run(inputs[call % inputs.length]);
  return (performance.now() - began) / calls;
}

/** How many calls last for the wanted time; every input is as often among them as another. Also warms up. */
export function callsFor(run, inputs, wantedMs) {
  let calls = inputs.length;
  for (;;) {
    const tookMs = timePerCall(run, inputs, calls) * calls;
    if (tookMs >= wantedMs / 2) {
      const times = Math.max(1, Math.round(((wantedMs / tookMs) * calls) / inputs.length));
      return times * inputs.length;
    }
    calls *= tookMs > wantedMs / 16 ? 2 : 8;
  }
}

/** The smallest step of the clock that was seen, in milliseconds. */
export function clockStep() {
  let step = Number.POSITIVE_INFINITY;
  for (let seen = 0; seen < 20; seen++) {
    const from = performance.now();
    let now = from;
    while (now === from) now = performance.now();
    step = Math.min(step, now - from);
  }
  return step;
}
