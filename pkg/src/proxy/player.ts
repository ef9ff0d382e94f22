/** Why that is no player, quoting nothing; `undefined` where it is one. */
export function flawOf(player: { readonly openid?: unknown; readonly token?: unknown }): string | undefined {
  const flaws = (["openid", "token"] as const).flatMap((name) => {
    const value = player[name];
    if (value === undefined) return `${name} is missing`;
    if (typeof value !== "string") return `${name} is not a string`;
    return value === "" ? `${name} is empty` : [];
  });
  return flaws.length > 0 ? flaws.join(", ") : undefined;
}
