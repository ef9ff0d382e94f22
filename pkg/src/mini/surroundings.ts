/** There is no page, so a relative URL means nothing. */
export const hasOrigin = (): boolean => false;

/** A mini-game is on the player's device, whatever runs this build. */
export const isPageLike = (): boolean => true;
