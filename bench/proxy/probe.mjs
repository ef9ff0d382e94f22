// Imported into each contender in front of its own program: says how much memory the process holds, and how much of it is
// still in use after a collection where one is asked for.

process.on("message", ({ collect }) => {
  const rssBytes = process.memoryUsage.rss();
  if (collect) globalThis.gc();
  process.send({ rssBytes, heapBytes: process.memoryUsage().heapUsed });
});
// It is ended by its number.
process.channel.unref();
