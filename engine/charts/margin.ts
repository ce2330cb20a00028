/** Where the drawings of every picture lie, in pixels from its edges. */
export const MARGIN = { left: 28, right: 76, bottom: 30 } as const;
