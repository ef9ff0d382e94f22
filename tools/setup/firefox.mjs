// A Firefox: the one named by FIREFOX_PATH, one on PATH, or the system's package, which is the extended support release.

import { setUpBrowser } from "./programs.mjs";

/** The path of a Firefox that starts. Installs it where that may be done without a question. */
export const setUpFirefox = (neededBy = "the browser tests need") =>
  setUpBrowser({
    what: "Firefox",
    variable: "FIREFOX_PATH",
    names: ["firefox-esr", "firefox"],
    elsewhere: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
    packages: ["firefox-esr"],
    brew: "firefox",
    neededBy,
  });
