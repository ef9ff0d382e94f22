// What every runtime serves: the proxy under /msdk, the sign endpoint under /sign, /healthz and /metrics.

export const PAGE = "https://game.example";
export const SESSION = "Bearer hosts-session";
export const PLAYER = { openid: "9007199254740993111", token: "hosts-token" };
export const TIMEOUT_MS = 800;

const operations = ["/healthz", "/readyz", "/metrics"];

/** `guards` are for both, `route` for the proxy alone. */
export function optionsOf({ baseUrl, key, gameId }) {
  const guards = {
    gameId,
    keys: { 0: key },
    allowedOrigins: [PAGE],
    authorize: ({ headers }) => (headers.get("authorization") === SESSION ? PLAYER : null),
    timeoutMs: TIMEOUT_MS,
  };
  return { guards, route: { upstream: baseUrl, forwardHeaders: ["x-sandbox-fault"] } };
}

/** Gives `(request, { remoteAddress }) => Promise<Response>`. */
export async function serviceOf({ createProxy, createSignEndpoint }, sandbox) {
  const { guards, route } = optionsOf(sandbox);
  const proxy = await createProxy({ ...guards, ...route });
  const signer = await createSignEndpoint(guards);
  return async (request, info) => {
    const { pathname } = new URL(request.url);
    if (operations.includes(pathname)) return proxy.operations(request);
    return pathname === "/sign" ? signer(request, info) : proxy(request, info);
  };
}
