// A backend on a real port that answers pages of any origin as it is told.
import { type ReceivedRequest, withServer } from "../../js/support/client-servers.ts";

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** The requests that came in, without those that a browser sends ahead. */
export type Received = () => ReceivedRequest[];

/** `answer` gives what is answered; nothing where it sees to that itself. */
export const withBackend = <T>(
  answer: (request: ReceivedRequest, count: number) => Answer | undefined,
  run: (url: string, received: Received) => Promise<T>,
): Promise<T> => {
  const posts: ReceivedRequest[] = [];
  return withServer(
    (request) => {
      const { req, res } = request;
      // Where an answer fails on a connection that was used before, Chromium asks again by itself.
      res.setHeader("connection", "close");
      res.setHeader("access-control-allow-origin", req.headers.origin ?? "*");
      res.setHeader("access-control-allow-headers", req.headers["access-control-request-headers"] ?? "*");
      res.setHeader("access-control-expose-headers", "*");
      if (req.method === "OPTIONS") {
        res.writeHead(204).end();
        return;
      }
      posts.push(request);
      const told = answer(request, posts.length);
      if (told) res.writeHead(told.status ?? 200, told.headers).end(told.body);
    },
    ({ url }) => run(url, () => posts),
  );
};
