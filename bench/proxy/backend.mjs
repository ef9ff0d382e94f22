// A backend that answers every call with the same 20 friends, after as long as it was told last.

import { createServer } from "node:http";

import { Chance } from "../data/chance.mjs";
import { friendListAnswer, QQ } from "../data/friends.mjs";

const answer = Buffer.from(friendListAnswer(new Chance(1), QQ, 20));
const headers = { "content-type": "application/json", "content-length": answer.length };
let delayMs = 0;

process.on("message", (message) => {
  delayMs = message.delayMs ?? delayMs;
});

const server = createServer((req, res) => {
  const send = () => res.writeHead(200, headers).end(answer);
  req.resume().once("end", () => (delayMs === 0 ? send() : setTimeout(send, delayMs)));
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
