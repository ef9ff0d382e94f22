// The console exactly as `npm start` serves it: its files, and the proxy that signs for it.

/** What its server knows of the sandbox. */
export interface ConsoleSettings {
  url: string;
  gameId: string;
  key: string;
  /** The channel the console opens with. */
  channel: number;
}

export interface ConsoleServer {
  readonly url: string;
  close(): Promise<void>;
}

interface ConsoleTool {
  startConsole(sandbox: ConsoleSettings): Promise<ConsoleServer>;
}

export async function serveConsole(sandbox: ConsoleSettings): Promise<ConsoleServer> {
  // By a name that TypeScript does not follow: the tools are plain JavaScript.
  const tool: string = new URL("../../../tools/start/console.mjs", import.meta.url).href;
  const { startConsole } = (await import(tool)) as ConsoleTool;
  return startConsole(sandbox);
}
