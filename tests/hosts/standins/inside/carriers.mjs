// What takes a fake host's request to its answer. A carrier gets `{ url, method, headers, body }`, the body as a string of
// bytes, and a function for the outcome: `{ status, headers, body }` or `{ refused }`; it gives a function that calls off.

import { utf8 } from "./bytes.mjs";

/** To a real server, by way of the process outside. `onCallOff` hears of each that is given up. */
export const live = (outside, onCallOff) => (sent, done) => {
  const cancel = outside.call("request", sent, done);
  return () => {
    onCallOff();
    cancel();
  };
};

/** From memory, but not at once, as no host answers at once. */
export const fromMemory = (answer, timers) => (sent, done) => {
  const timer = timers.setTimeout(() => {
    const { status, headers, body } = answer(Object.assign({}, sent, { body: utf8.decode(sent.body) }));
    const pairs = Object.keys(headers).map((name) => [name, headers[name]]);
    done({ status, headers: pairs, body: utf8.encode(body) });
  }, 0);
  return () => timers.clearTimeout(timer);
};
