// Who the player is, as msdk-proxy is told to ask it: `authorization: Bearer OPENID`.

export default ({ headers }) => {
  const openid = headers.get("authorization")?.replace("Bearer ", "");
  return openid ? { openid, token: "scaling-fake-token" } : null;
};
