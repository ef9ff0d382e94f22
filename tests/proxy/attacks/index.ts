// Every class of attack.
import type { AttackClass } from "../support/attack.ts";
import * as bodies from "./bodies.ts";
import * as headers from "./headers.ts";
import * as limits from "./limits.ts";
import * as method from "./method.ts";
import * as names from "./names.ts";
import * as origin from "./origin.ts";
import * as paths from "./paths.ts";
import * as player from "./player.ts";
import * as query from "./query.ts";
import * as sign from "./sign.ts";
import * as upstream from "./upstream.ts";

const files = [player, paths, method, bodies, names, headers, origin, limits, sign, query, upstream];

export const classes: readonly AttackClass[] = files.flatMap((file) => Object.values(file));
