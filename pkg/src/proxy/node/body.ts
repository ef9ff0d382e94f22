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
    message.once("end", () => {
      // Signals outlive bodies: they must not hold them twice.
      signal.removeEventListener("abort", stop);
      resolve(Buffer.concat(pieces.splice(0), length));
    });
    message.once("error", reject);
  });
}
