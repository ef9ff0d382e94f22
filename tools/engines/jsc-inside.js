// What JavaScriptCore's shell runs first. It waits for nothing but its input, so that a line in is its only event, and it
// reads bytes as Latin-1, so that both sides write ASCII. Arguments: the path of bare-inside.js.

(() => {
  const { print, readline, loadString, readFile, drainMicrotasks, WebAssembly } = globalThis;
  const inside = loadString(readFile(globalThis.arguments[0]));
  const receive = inside({
    send: print,
    run: loadString,
    readFile: (path) => readFile(path, "binary"),
    WebAssembly,
  });
  // The end of the input reads as an empty line, which nobody sends.
  for (let line = readline(); line !== ""; line = readline()) {
    receive(line);
    drainMicrotasks();
  }
})();
