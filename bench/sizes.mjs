/** Lists with so many friends have goals. */
export const LIST_SIZES = [20, 200, 2_000, 10_000];
/** These only show how the cost grows: zod is left out. */
export const GROWTH_SIZES = [50, 1_000, 5_000, 20_000, 50_000];
