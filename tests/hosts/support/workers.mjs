// The program in a worker, whose page only relays.

/** The worker's own module. */
export const workerScript = (msdk, program) => `import * as msdk from ${JSON.stringify(msdk)};
import { runOnWeb } from ${JSON.stringify(program)};
onmessage = async ({ data: sandbox }) => {
  if (typeof document !== "undefined") throw new Error("this is no worker");
  postMessage(await runOnWeb(msdk, sandbox));
};
`;

/** The page's script. `options`: those of `Worker`. */
export const relayScript = (
  url,
  options = {},
) => `const worker = new Worker(${JSON.stringify(url)}, ${JSON.stringify(options)});
window.run = (sandbox) => new Promise((resolve, reject) => {
  worker.onmessage = ({ data: report }) => resolve(report);
  worker.onerror = ({ message }) => reject(new Error("the worker: " + message));
  worker.postMessage(sandbox);
});
`;
