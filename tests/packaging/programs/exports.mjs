import { createRequire } from "node:module";

const name = process.argv[2];
const withoutDefault = (names) => names.filter((key) => key !== "default" && key !== "module.exports").sort();
const esm = withoutDefault(Object.keys(await import(name)));
const cjs = withoutDefault(Object.keys(createRequire(import.meta.url)(name)));
console.log(JSON.stringify({ esm, cjs }));
