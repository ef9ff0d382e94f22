/** Far above what browsers and balancers send. Node drops what is beyond 2,000 without a word, and with it what a balancer adds. */
const MAX_HEADERS = 100;

/** What says who calls and what comes: of two, another program on the way may have read the other one. */
const ONCE = /^(authorization|content-type|host)$/;

/** What is wrong with the headers as they arrived, name after value after name. */
export function flawIn(rawHeaders: readonly string[]): string | undefined {
  if (rawHeaders.length > 2 * MAX_HEADERS) return `there are more than ${MAX_HEADERS} headers`;
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const twice = names.find((name, at) => ONCE.test(name) && names.indexOf(name) !== at);
  return twice && `the header ${twice} stands twice`;
}
