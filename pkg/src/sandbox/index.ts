// The entry `msdk-friends/sandbox`: a fake backend for tests and for developing without the platform.
// It shares no code with the client, because it checks the client.

export type { EndpointName } from "./endpoints.ts";
export type { RequestRecord } from "./exchange.ts";
export { FAULTS, type FaultName, type FaultStep } from "./faults.ts";
export { DEFAULT_KEY, type SandboxOptions } from "./options.ts";
export { type Sandbox, startSandbox } from "./server.ts";
export type { Json, WireFriend } from "./wire.ts";
