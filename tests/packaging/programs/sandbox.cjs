const { startSandbox } = require("msdk-friends/sandbox");

startSandbox({ key: "packaging-fake-key" }).then(async (sandbox) => {
  console.log(JSON.stringify((await fetch(sandbox.url)).status > 0));
  await sandbox.close();
});
