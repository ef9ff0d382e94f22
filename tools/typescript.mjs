// The type checks, for `npm test` and `npm run lint`. TypeScript keeps what it learnt, so the second run takes a second.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { installed, root, scratch } from "./paths.mjs";

const projects = ["pkg", "tests", "www"];

/** One `tsc` a project, as arguments for Node. */
export const typeChecks = () =>
  projects
    .filter((name) => existsSync(join(root, name, "tsconfig.json")))
    .map((name) => ({
      name: `tsc ${name}`,
      args: [
        installed("typescript", "bin", "tsc"),
        ...["--project", join(root, name)],
        ...["--incremental", "--tsBuildInfoFile", join(scratch, `${name}.tsbuildinfo`)],
      ],
    }));
