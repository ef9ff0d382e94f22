// What the server that serves the console says of the backend.

export interface SandboxConfig {
  /** To be shown: calls go to the proxy. */
  url: string;
  /** The channel the console opens with. */
  channel: number;
}

/** @throws Error, with a sentence for the page */
export async function readConfig(): Promise<SandboxConfig> {
  const response = await fetch("./config.json", { cache: "no-store" }).catch(() => undefined);
  if (!response?.ok)
    throw new Error("No /config.json was served beside the console. Start it with npm start.");
  const { sandbox } = (await response.json().catch(() => ({}))) as { sandbox?: SandboxConfig };
  if (!sandbox?.url) throw new Error("/config.json names no sandbox. Start the console with npm start.");
  return sandbox;
}
