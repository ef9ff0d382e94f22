// Runs a piece of an ES module in a Node process of its own, where the package has not been loaded yet.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Where npm names such as "msdk-friends" mean the built package. */
const HERE = fileURLToPath(new URL(".", import.meta.url));

export interface ChildOptions {
  /** Arguments for Node itself. */
  flags?: string[];
  /** Where import paths are looked up from. */
  directory?: string;
}

/**
 * Runs `code`, in which `print(value)` hands a JSON value over, and gives what was printed last. Rejects when the
 * process ends with anything but 0: a failure nobody caught is one.
 */
export function inChild(code: string, { flags = [], directory = HERE }: ChildOptions = {}): Promise<unknown> {
  const program = `const print = (value) => console.log("\\n" + JSON.stringify(value ?? null));\n${code}`;
  const args = [...flags, "--input-type=module", "--eval", program];
  return new Promise((resolve, reject) => {
    const options = {
      cwd: directory,
      timeout: 20_000,
      maxBuffer: 2 ** 26,
      env: { ...process.env, NODE_OPTIONS: "" },
    };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error) {
        reject(new Error(`the child failed: ${stderr || error.message}`));
        return;
      }
      const last = stdout.trimEnd().split("\n").at(-1) ?? "";
      resolve(JSON.parse(last));
    });
  });
}

/** For a child's code: an error as plain data, to be printed. */
export const DESCRIBE = `
const describe = (error) => ({ name: error.name, kind: error.kind, field: error.field, message: error.message });
const outcome = async (run) => { try { return { value: (await run()) ?? null }; } catch (error) { return describe(error); } };
`;
