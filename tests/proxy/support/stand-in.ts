// A backend that answers with whatever bytes a case wants.
import { type AddressInfo, createServer, type Socket } from "node:net";

export interface StandIn {
  readonly url: string;
  /** The heads of the requests that came. */
  readonly seen: readonly string[];
  /** How many connections are open that a request came over: Node's fetch opens another one after each that it ends. */
  readonly used: () => number;
  close(): Promise<void>;
}

export const OK_ANSWER = answerText("200 OK", {}, '{"ret":0,"msg":"success"}');

/** @param headers beside the length */
export function answerText(status: string, headers: Readonly<Record<string, string>>, body: string): string {
  const all = {
    "content-type": "application/json",
    "content-length": body.length,
    connection: "close",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status}\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}

/** The bytes, a character each, after which the connection ends unless they say keep-alive; or what is done with it instead. */
export type RawAnswer = string | ((socket: Socket) => void);

/** Each request gets the next answer; the last one stays. */
export async function standIn(answers: readonly RawAnswer[]): Promise<StandIn> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const used = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = "";
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      used.delete(socket);
    });
    socket.on("data", (piece: string) => {
      text += piece;
      const whole = lengthOf(text);
      if (whole === undefined || text.length < whole) return;
      const answer = answers[Math.min(seen.length, answers.length - 1)] ?? "";
      seen.push(text.slice(0, text.indexOf("\r\n\r\n")));
      used.add(socket);
      text = text.slice(whole);
      if (typeof answer === "function") return answer(socket);
      socket.write(answer, "latin1");
      if (!/^connection: keep-alive/im.test(answer)) socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    used: () => used.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Of the first request in the text, once its head is there. */
function lengthOf(text: string): number | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  return end + 4 + Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
}
