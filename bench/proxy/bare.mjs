// What the proxy is compared with: a reverse proxy of Node's own parts that looks at nothing and passes everything on.

import * as http from "node:http";

const { hostname, port } = new URL(process.argv[2]);
const agent = new http.Agent({ keepAlive: true, scheduling: "lifo" });

const server = http.createServer((req, res) => {
  const { method, url: path, headers } = req;
  const request = http.request({ hostname, port, agent, method, path, headers }, (answer) => {
    res.writeHead(answer.statusCode, answer.headers);
    answer.pipe(res);
  });
  request.once("error", () => res.destroy());
  req.pipe(request);
});
server.keepAliveTimeout = 65_000;
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
