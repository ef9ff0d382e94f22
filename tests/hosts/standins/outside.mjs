// What the process outside does for a bare engine: keeps its time and carries its requests to a server on this machine.

import { request } from "node:http";

export const services = {
  sleep({ ms }, done) {
    const timer = setTimeout(done, ms, null);
    return () => clearTimeout(timer);
  },
  request: carry,
};

/** Bodies cross as strings with a character for each byte. */
function carry({ url, method, headers, body }, done) {
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" || hostname !== "127.0.0.1") throw new Error(`${url} is not on this machine`);
  const sent = request(url, { method, headers: { ...headers, "content-length": body.length } });
  sent.on("response", (response) => {
    response.setEncoding("latin1");
    let received = "";
    response.on("data", (text) => {
      received += text;
    });
    response.on("end", () => done({ status: response.statusCode, headers: pairs(response), body: received }));
    response.on("error", (error) => done({ refused: error.message }));
  });
  sent.on("error", (error) => done({ refused: error.message }));
  sent.end(body, "latin1");
  return () => sent.destroy();
}

const pairs = ({ rawHeaders }) =>
  rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1]]] : []));
