// Beside the sandbox, a service worker draws the pictures of its made-up players.

const PATIENCE_MS = 3000;

/** Whether pictures can be shown: once the worker has this page, or where none is needed. */
export async function portraitsReady(backendUrl: string): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return !isSandbox(backendUrl);
  if (!isSandbox(backendUrl)) return leaveAlone();
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false));
  return Promise.race([takenIn(), late]).catch(() => false);
}

/** One that was left by an earlier sandbox on this address would paint over real pictures. */
async function leaveAlone(): Promise<true> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.map((registration) => registration.unregister()));
  return true;
}

async function takenIn(): Promise<true> {
  const { serviceWorker } = navigator;
  const changed = new Promise((resolve) => {
    serviceWorker.addEventListener("controllerchange", resolve, { once: true });
  });
  await serviceWorker.register("./portraits-worker.js");
  const { active } = await serviceWorker.ready;
  if (serviceWorker.controller) return true;
  // After a reload past the worker, it has to be told to take the page in.
  active?.postMessage("claim");
  await changed;
  return true;
}

/** Sandboxes are named by their whole address on loopback; a path is a proxy of the console's own server. */
function isSandbox(url: string): boolean {
  return /^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:|\/|$)/.test(url);
}
