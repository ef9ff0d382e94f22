// WebKitGTK by plain WebDriver: its driver takes a session at a time, and each session is a browser of its own.

import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { endChild, start } from "../processes.mjs";
import { within } from "./deadline.mjs";

const STARTUP_MS = 30_000;

export async function launchWebkit({ driver, display, miniBrowser }) {
  const screen = start(display, ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const port = await freePort();
  let service;
  const close = () => {
    // The group: the driver does not end the browsers that it started.
    if (service) endChild(service, "SIGKILL");
    endChild(screen, "SIGTERM");
  };
  try {
    const number = await within(STARTUP_MS, "the display", firstLine(screen));
    service = start(driver, [`--port=${port}`], {
      env: {
        DISPLAY: `:${number}`,
        // Its sandbox refuses to start for root, and where user namespaces are off.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      },
      stdio: "ignore",
      group: true,
    });
    const webdriver = webdriverAt(`http://127.0.0.1:${port}`);
    await untilReady(webdriver);
    const version = await webkitVersion(webdriver, miniBrowser);
    return { name: "WebKitGTK", version, open: (url) => open(webdriver, miniBrowser, url), close };
  } catch (error) {
    close();
    throw error;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.trim());
    });
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`the display ended with ${code}`)));
  });
}

function webdriverAt(address) {
  return async (method, path, body, timeoutMs = STARTUP_MS) => {
    const response = await fetch(address + path, {
      method,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
    return value;
  };
}

/** Ends by itself: a driver that did not start is asked no longer than a driver takes to start. */
async function untilReady(webdriver) {
  for (const deadline = Date.now() + STARTUP_MS; Date.now() < deadline; await sleep(50)) {
    const status = await webdriver("GET", "/status").catch(() => undefined);
    if (status?.ready) return;
  }
  throw new Error(`WebKitWebDriver was not ready within ${STARTUP_MS / 1000} s`);
}

const newSession = (webdriver, miniBrowser) =>
  webdriver("POST", "/session", {
    capabilities: {
      alwaysMatch: {
        browserName: "MiniBrowser",
        "webkitgtk:browserOptions": { binary: miniBrowser, args: ["--automation"] },
      },
    },
  });

async function webkitVersion(webdriver, miniBrowser) {
  const { sessionId, capabilities } = await newSession(webdriver, miniBrowser);
  await webdriver("DELETE", `/session/${sessionId}`);
  return capabilities.browserVersion;
}

async function open(webdriver, miniBrowser, url) {
  const { sessionId } = await newSession(webdriver, miniBrowser);
  const session = `/session/${sessionId}`;
  const close = () => webdriver("DELETE", session);
  const evaluate = async (expression, timeoutMs) => {
    await webdriver("POST", `${session}/timeouts`, { script: timeoutMs });
    const script = `const done = arguments[0];
      Promise.resolve().then(() => (${expression})).then(
        (value) => done({ value }), (error) => done({ failure: String(error) }));`;
    const body = { script, args: [] };
    const { value, failure } = await webdriver("POST", `${session}/execute/async`, body, timeoutMs + 5_000);
    if (failure !== undefined) throw new Error(failure);
    return value;
  };
  try {
    await webdriver("POST", `${session}/url`, { url });
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
  return { evaluate, close };
}
