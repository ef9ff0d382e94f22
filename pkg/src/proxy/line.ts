/** What the log of a program is made of: one JSON object a line. */
export const lineOf = (level: string, text: string, details: object): string =>
  JSON.stringify({ time: new Date().toISOString(), level, text, ...details });
