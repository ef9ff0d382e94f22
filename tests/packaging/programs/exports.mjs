import { createRequire } from "node:module";

const name = process.argv[2];
const isPublic = (key) => !["default", "module.exports"].includes(key) && !key.startsWith("__");
const publicNames = (module) => Object.keys(module).filter(isPublic).sort();
const esm = publicNames(await import(name));
const cjs = publicNames(createRequire(import.meta.url)(name));
console.log(JSON.stringify({ esm, cjs }));
