// The sandbox as its own process: the program that users run, with the flags they would give it.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { Failure } from "../failure.mjs";
import { dist } from "../paths.mjs";
import { start } from "../processes.mjs";

/** Takes `--name value` and `--name=value`; gives the last value and the other arguments. */
function takeFlag(args, name) {
  const rest = [];
  let value;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === name && i + 1 < args.length) value = args[++i];
    else if (args[i].startsWith(`${name}=`)) value = args[i].slice(name.length + 1);
    else rest.push(args[i]);
  }
  return { value, rest };
}

/** Starts it and gives, once it listens, what the console's server must know. `ended` resolves when it is gone. */
export async function startSandbox(args) {
  const { DEFAULT_KEY } = await import(pathToFileURL(join(dist, "sandbox", "index.js")).href);
  const channel = takeFlag(args, "--channel");
  const game = takeFlag(channel.rest, "--game");
  const key = takeFlag(game.rest, "--key");
  const config = {
    gameId: game.value ?? "12",
    key: key.value ?? (process.env.MSDK_SANDBOX_KEY || DEFAULT_KEY),
    channel: Number(channel.value ?? 1),
  };

  const child = start(
    process.execPath,
    [join(dist, "sandbox", "bin.js"), "--port", "0", "--game", config.gameId, ...key.rest],
    {
      env: { MSDK_SANDBOX_KEY: config.key },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(signal ?? code));
  });
  const url = await Promise.race([listening(child), ended.then(() => undefined)]);
  if (!url) throw new Failure("the sandbox did not start; its message stands above.");
  return { config: { url, ...config }, ended };
}

/** The address in its first line. What it prints later is passed on. */
function listening(child) {
  return new Promise((resolve) => {
    let text = "";
    child.stdout.setEncoding("utf8");
    const read = (chunk) => {
      text += chunk;
      const line = /^listening on (\S+)\n/.exec(text);
      if (!line) return;
      child.stdout.off("data", read);
      process.stdout.write(text.slice(line[0].length));
      child.stdout.pipe(process.stdout, { end: false });
      resolve(line[1]);
    };
    child.stdout.on("data", read);
  });
}
