// A Chromium to test in: the one named by CHROME_PATH, one on PATH, or the system's package.

import { setUpBrowser } from "./programs.mjs";

/** The path of a Chromium that starts. Installs it where that may be done without a question. */
export const setUpChromium = (neededBy = "the browser tests need") =>
  setUpBrowser({
    what: "Chromium",
    variable: "CHROME_PATH",
    names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    elsewhere: ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
    packages: ["chromium"],
    brew: "google-chrome",
    neededBy,
  });
