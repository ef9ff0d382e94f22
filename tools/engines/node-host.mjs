// The process behind a page of the engine Node: loads a script, then evaluates what it is asked, one after the other.

import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";

const loaded = import(pathToFileURL(process.argv[2]).href);

process.on("message", async ({ expression }) => {
  try {
    await loaded;
    process.send({ value: await runInThisContext(expression) });
  } catch (error) {
    process.send({ failure: String(error?.stack ?? error) });
  }
});
// Nobody is left to ask.
process.on("disconnect", () => process.exit());
