// Requests as they are signed: all the fixed parameters, and a body of the wanted size with text that is not ASCII in it.

const HEX = "0123456789ABCDEF";

/** `bodyBytes` is exact. */
export function request(chance, bodyBytes) {
  const fields = {
    openid: `1${chance.text("0123456789", 18)}`,
    token: chance.text(HEX, 32),
    fopenid: `1${chance.text("0123456789", 18)}`,
    title: "一起来玩吧 🎮",
    desc: "",
  };
  const bytes = () => new TextEncoder().encode(JSON.stringify(fields)).length;
  const line = "José 邀请你 ";
  while (bytes() + 20 < bodyBytes) fields.desc += line;
  fields.desc += chance.text(HEX, bodyBytes - bytes());
  return {
    path: "/v2/friend/share",
    query: {
      ts: 1_700_000_000 + chance.below(1e6),
      seq: `${chance.text("0123456789", 10)}-${chance.text("0123456789", 10)}`,
      gameid: "12",
      channelid: 2,
      os: 5,
      source: 0,
      version: "2.0.1",
      conn: "",
    },
    body: JSON.stringify(fields),
    key: chance.text(HEX, 16),
  };
}
