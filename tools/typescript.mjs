// The type checks, for `npm test` and `npm run lint`. TypeScript keeps what it learnt, so the second run takes a second.

import { join } from "node:path";

import { installed, root, scratch } from "./paths.mjs";

const projects = ["pkg", "pkg/tsconfig.mini.json", "tests", "www"];

/** One `tsc` a project, as arguments for Node. */
export const typeChecks = () =>
  projects.map((name) => ({
    name: `tsc ${name}`,
    args: [
      installed("typescript", "bin", "tsc"),
      ...["--project", join(root, name)],
      ...["--incremental", "--tsBuildInfoFile", join(scratch, `${name.replace("/", "-")}.tsbuildinfo`)],
    ],
  }));
