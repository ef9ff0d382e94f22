// Must stay the first import of every tool: it runs before anything that an older Node does not know.

const needed = 20;

if (Number(process.versions.node.split(".")[0]) < needed) {
  console.error(
    `Node ${process.versions.node} is too old: install Node ${needed} or newer from https://nodejs.org or with your version manager.`,
  );
  process.exit(1);
}
