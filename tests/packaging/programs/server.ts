import { startSandbox } from "msdk-friends/sandbox";

export async function address(): Promise<string> {
  const sandbox = await startSandbox({ port: 0, key: "fake" });
  await sandbox.close();
  return sandbox.url;
}
