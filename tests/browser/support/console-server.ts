// The console exactly as `npm start` serves it.

export interface ConsoleConfig {
  url: string;
  gameId: string;
  key: string;
  channel: number;
}

export interface ConsoleServer {
  readonly url: string;
  /** What /config.json says from now on. */
  sandbox: ConsoleConfig | undefined;
  close(): Promise<void>;
}

interface ConsoleTool {
  startConsole(config: () => ConsoleConfig | undefined): Promise<{ url: string; close(): Promise<void> }>;
}

export async function serveConsole(): Promise<ConsoleServer> {
  // By a name that TypeScript does not follow: the tools are plain JavaScript.
  const tool: string = new URL("../../../tools/start/console.mjs", import.meta.url).href;
  const { startConsole } = (await import(tool)) as ConsoleTool;
  const state: { sandbox: ConsoleConfig | undefined } = { sandbox: undefined };
  return Object.assign(state, await startConsole(() => state.sandbox));
}
