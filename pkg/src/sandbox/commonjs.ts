// The library for `require`: it starts asynchronously anyway, so the one copy of it that is published is enough.
import type { SandboxOptions } from "./options.ts";
import type { Sandbox } from "./server.ts";

export { FAULTS } from "./faults.ts";
export { DEFAULT_KEY } from "./options.ts";

export async function startSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const library = await import("./index.ts");
  return library.startSandbox(options);
}
