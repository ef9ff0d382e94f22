import type { IncomingMessage } from "node:http";

/** The body of a request or an answer; `undefined` where it is longer than `maxBytes`. Rejects when it breaks off. */
export function bodyOf(
  message: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const stop = () => {
      message.pause();
      message.removeAllListeners("data");
    };
    signal.addEventListener("abort", stop, { once: true });
    message.on("data", (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length <= maxBytes) return;
      stop();
      resolve(undefined);
    });
    message.once("end", () => resolve(Buffer.concat(pieces, length)));
    message.once("error", reject);
  });
}
