// Safari's engine, as Debian packages it for GTK: its driver, the browser that the driver starts, and a display that no
// screen is needed for.

import { Failure } from "../failure.mjs";
import { ask } from "../processes.mjs";
import { aptInstall } from "./apt.mjs";
import { aptCommand, onPath } from "./programs.mjs";

const packages = ["webkit2gtk-driver", "xvfb"];
/** MiniBrowser is not on PATH: it lies beside the library, whose package knows where. */
const libraries = ["libwebkit2gtk-4.1-0", "libwebkit2gtk-4.0-37"];

async function findMiniBrowser() {
  for (const library of libraries) {
    const path = /^\/.*\/MiniBrowser$/m.exec((await ask("dpkg", ["-L", library])) ?? "")?.[0];
    if (path) return path;
  }
  return undefined;
}

async function findWebkit() {
  const [driver] = onPath(["WebKitWebDriver"]);
  const [display] = onPath(["Xvfb"]);
  const miniBrowser = await findMiniBrowser();
  return driver && display && miniBrowser ? { driver, display, miniBrowser } : undefined;
}

/** The paths of the three. Installs them where that may be done without a question. */
export async function setUpWebkit(neededBy = "the browser tests need") {
  const found = (await findWebkit()) ?? (await aptInstall(packages).then(findWebkit));
  if (found) return found;
  throw new Failure(
    process.platform === "linux"
      ? `WebKitGTK is missing and ${neededBy} it: run ${aptCommand(packages)}.`
      : `WebKitGTK is missing and ${neededBy} it: it can only be had on Linux.`,
  );
}
