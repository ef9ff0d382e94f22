// Who the player is, without asking anybody: `authorization: Bearer OPENID`.

export default ({ headers }) => ({
  openid: headers.get("authorization").slice("Bearer ".length),
  token: "bench-fake-token-of-the-length-that-tokens-have-about-64-letters",
});
