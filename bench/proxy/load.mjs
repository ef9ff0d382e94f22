// Who calls. On sockets, by hand: a client of full size takes as much of a shared processor as the backend does, and with it
// the client would be what is measured.

import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { PAGE } from "./cells.mjs";

const BODY = "{}";
/** Calls that begin before it are not counted: opening a thousand connections at once is not what is asked about. */
const RAMP_SECONDS = 0.5;

/** One connection, one call at a time. */
class Connection {
  #socket;
  #kept = Buffer.alloc(0);
  /** How much of the answer's body is still to come; undefined while its head is. */
  #missing;
  #settle = { resolve() {}, reject() {} };

  static open(port) {
    const connection = new Connection();
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    connection.#socket = socket;
    socket.on("data", (piece) => connection.#read(piece));
    socket.on("error", (error) => connection.#settle.reject(error));
    socket.on("close", () => connection.#settle.reject(new Error("the connection was closed")));
    return new Promise((resolve, reject) => {
      connection.#settle = { resolve, reject };
      socket.once("connect", () => resolve(connection));
    });
  }

  call(bytes) {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #read(piece) {
    if (this.#missing !== undefined) this.#missing -= piece.length;
    else this.#readHead(piece);
    if (this.#missing !== 0) return;
    this.#missing = undefined;
    this.#settle.resolve();
  }

  #readHead(piece) {
    const text = this.#kept.length === 0 ? piece : Buffer.concat([this.#kept, piece]);
    const end = text.indexOf("\r\n\r\n");
    this.#kept = end < 0 ? text : Buffer.alloc(0);
    if (end < 0) return;
    const head = text.latin1Slice(0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (!head.startsWith("HTTP/1.1 200 ") || !length) {
      this.#settle.reject(new Error(`answered ${text.latin1Slice(0, 500)}`));
    }
    this.#missing = Number(length) - (text.length - end - 4);
  }
}

/** As a browser sends it. */
const requestOf = (player) =>
  [
    "POST /msdk/v2/friend/friend_list?channelid=2&conn=&seq=&source=0&version= HTTP/1.1",
    "host: game.example",
    "connection: keep-alive",
    `content-length: ${BODY.length}`,
    "content-type: application/json",
    `authorization: Bearer ${4_724_195_171_900_000_000n + BigInt(player)}`,
    "user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "accept: */*",
    "accept-encoding: gzip, deflate, br",
    "accept-language: zh-CN,zh;q=0.9",
    `origin: ${PAGE}`,
    "sec-fetch-site: same-origin",
    "sec-fetch-mode: cors",
    "sec-fetch-dest: empty",
    `referer: ${PAGE}/play`,
    "",
    BODY,
  ].join("\r\n");

/** When a connection calls next. Gives when the call began: when it was due, where the connection was still waiting then. */
function pacer({ connections, perSecond }, index, start) {
  const everyMs = (1000 * connections) / perSecond;
  let due = start + (everyMs * index) / connections;
  return async () => {
    const early = due - performance.now();
    if (early > 0) await pause(early);
    const began = early > 0 ? performance.now() : due;
    due += everyMs;
    return began;
  };
}

async function run(order) {
  const { port, connections, seconds, perSecond, players = connections } = order;
  const lastsMs = 1000 * (RAMP_SECONDS + seconds);
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const times = [];
  const start = performance.now();
  const counted = start + 1000 * RAMP_SECONDS;
  let calls = 0;
  const callOn = async (connection, index) => {
    const turn = perSecond ? pacer(order, index, start) : performance.now.bind(performance);
    while (performance.now() < start + lastsMs) {
      const began = await turn();
      await connection.call(requestOf(calls++ % players));
      if (began >= counted) times.push(performance.now() - began);
    }
  };
  try {
    await Promise.all(open.map(callOn));
  } finally {
    for (const connection of open) connection.close();
  }
  const lasted = performance.now() - counted;
  const sorted = Float64Array.from(times).sort();
  const quantile = (share) => sorted[Math.ceil(share * sorted.length) - 1];
  return { perSecond: (1000 * times.length) / lasted, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}

process.on("message", (order) => {
  run(order).then(
    (measured) => process.send(measured),
    (error) => process.send({ failure: String(error.stack) }),
  );
});
console.log("ready");
