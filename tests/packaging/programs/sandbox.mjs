import { startSandbox } from "msdk-friends/sandbox";

const sandbox = await startSandbox({ key: "packaging-fake-key" });
console.log(JSON.stringify((await fetch(sandbox.url)).status > 0));
await sandbox.close();
