// What npm run bench:proxy measures, and what is promised of it. Those with more connections come later: what a process
// holds after one is what it held before, and more.

export const BARE = "bare";
export const PROXY = "proxy";
export const COMMAND = "command";

/** How each is called in tables. */
export const TITLES = {
  [BARE]: "bare",
  [PROXY]: "proxy",
  [COMMAND]: "msdk-proxy, with its log and a Redis",
};

const BOTH = [BARE, PROXY];
const INSTANT = { backendMs: 0, leastShare: 0.5, mostAboveMs: 5 };
const USUAL = { backendMs: 20, leastShare: 0.95, mostAboveMs: 5 };

/** `perSecond`: so many calls, whatever becomes of them; without it a connection calls again as soon as it has its answer. */
export const cells = [
  { ...INSTANT, connections: 1, contenders: BOTH },
  { ...USUAL, connections: 1, contenders: BOTH },
  { ...INSTANT, connections: 64, contenders: [...BOTH, COMMAND] },
  { ...USUAL, connections: 64, contenders: BOTH },
  { ...INSTANT, connections: 64, perSecond: 1000, contenders: BOTH },
  { ...USUAL, connections: 64, perSecond: 1000, contenders: BOTH },
  { ...INSTANT, connections: 1024, contenders: BOTH },
  { ...USUAL, connections: 1024, contenders: BOTH },
  { ...USUAL, connections: 1024, perSecond: 1000, contenders: BOTH },
];

/** The run that shows whether memory grows: as many players as call in a minute, and more. */
export const memoryRun = { backendMs: 20, connections: 64, perSecond: 1000, players: 90_000 };
/** The last against the end of the first minute. */
export const MOST_GROWTH = 1.1;

export const PAGE = "https://game.example";
