import type { Gauges, Metrics } from "./metrics.ts";

/** What whoever runs the proxy asks it. */
export function operationsOf(metrics: Metrics, gauges: Gauges, isReady: () => boolean) {
  const answers: Record<string, () => [status: number, text: string]> = {
    "/healthz": () => [200, "ok\n"],
    "/readyz": () => (isReady() ? [200, "ready\n"] : [503, "ending\n"]),
    "/metrics": () => [200, metrics.print(gauges)],
  };
  return (request: Request): Response => {
    const { pathname } = new URL(request.url);
    const [status, text] = (Object.hasOwn(answers, pathname) && answers[pathname]?.()) || [
      404,
      "not found\n",
    ];
    const headers = {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "cache-control": "no-store",
    };
    return new Response(text, { status, headers });
  };
}
