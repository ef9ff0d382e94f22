// Browsers, with the package's own files on a plain static server: no bundler has seen them.

import { copyFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { browsers, html, runInPage } from "./support/pages.mjs";
import { serveSite } from "./support/site.mjs";
import { relayScript, workerScript } from "./support/workers.mjs";

const moduleStart = (entry, more = "") => `import * as msdk from "./msdk-friends/${entry}";
import { runOnWeb } from "./web.mjs";
window.run = (sandbox) => runOnWeb(msdk, sandbox);
${more}`;

/** What a strict console sends; the sandbox is its backend. */
const strictPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self' http://127.0.0.1:*; img-src data:";

/** That the policy is in force, and that each entry with wasm then says what helps. */
const policyCheck = `const smallest = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const faultsOf = async (name, ...source) => {
  const { init } = await import("./msdk-friends/" + name + ".js");
  const said = await init(...source).then(() => "no error", (error) => error.message);
  return ["wasm-unsafe-eval", "msdk-friends/wasm2js"]
    .filter((text) => !said.includes(text))
    .map((text) => "init() of " + name + " does not name " + text + ": " + said);
};
window.check = async () =>
  [...(await faultsOf("browser")), ...(await faultsOf("inline")), ...(await faultsOf("slim", smallest))];`;

/** As the README has it for an engine's web build; of the program's requests one stalls before its headers. */
const classicStart = `const ended = [];
const bridged = (url, init, signal) => {
  const controller = new AbortController();
  signal.addEventListener("abort", () => controller.abort());
  const asked = fetch(url, { ...init, signal: controller.signal });
  asked.catch(({ name }) => ended.push(name));
  return asked;
};
window.run = async (sandbox) => {
  const report = await hostProgram.runOnWeb(MsdkFriends, sandbox, { fetch: bridged });
  if (!ended.includes("AbortError")) report.failures.push("no fetch was ended: " + ended);
  return report;
};`;

const moduleScript = '<script type="module" src="/start.js"></script>';

const ways = [
  {
    suffix: "",
    loads: "`msdk-friends` as a module script; the wasm is a file beside it",
    notRun: "",
    scripts: moduleScript,
    start: moduleStart("browser.js"),
    fetchesWasm: true,
  },
  {
    suffix: "-worker",
    loads: "`msdk-friends` in a module worker; the wasm is a file beside it",
    notRun: "",
    scripts: moduleScript,
    start: relayScript("worker.js", { type: "module" }),
    worker: workerScript("./msdk-friends/browser.js", "./web.mjs"),
  },
  {
    suffix: "-csp",
    loads: "`msdk-friends/wasm2js` as a module script, under a policy without `'wasm-unsafe-eval'`",
    alsoRun: "the errors of `msdk-friends`, `/inline` and `/slim` under that policy",
    notRun: "",
    scripts: moduleScript,
    start: moduleStart("wasm2js.js", policyCheck),
    policy: strictPolicy,
    check: "check()",
  },
  {
    suffix: "-classic",
    loads: "`dist/miniprogram/msdk-friends.js` as a classic script, global `MsdkFriends`, with `fetch`",
    notRun: "",
    scripts: ["msdk-friends/miniprogram/msdk-friends.js", "web.js", "start.js"]
      .map((path) => `<script src="/${path}"></script>`)
      .join(""),
    alsoRun: "a `fetch` that is ended before its answer begins",
    start: classicStart,
    fetchesWasm: false,
  },
];

function writeSite({ app, program }, id, { scripts, start, worker }) {
  const site = join(app, id);
  mkdirSync(site, { recursive: true });
  cpSync(join(app, "node_modules", "msdk-friends", "dist"), join(site, "msdk-friends"), { recursive: true });
  copyFileSync(program.webModule, join(site, "web.mjs"));
  copyFileSync(program.webScript, join(site, "web.js"));
  writeFileSync(join(site, "start.js"), start);
  if (worker) writeFileSync(join(site, "worker.js"), worker);
  writeFileSync(join(site, "index.html"), html(scripts));
  return site;
}

function host(browser, { suffix, loads, alsoRun, notRun, ...way }) {
  const id = browser.id + suffix;
  return {
    id,
    group: "Browsers",
    name: browser.name,
    loads,
    alsoRun,
    notRun,
    budgetMs: 120_000,
    prepare: browser.setUp,
    async run(bench) {
      const site = await serveSite(writeSite(bench, id, way), way);
      try {
        return await runInPage(bench, browser, site.url, way);
      } finally {
        await site.close();
      }
    },
  };
}

export default browsers.flatMap((browser) => ways.map((way) => host(browser, way)));
