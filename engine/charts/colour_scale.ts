import { mixed } from "./colour.ts";
import type { Look } from "./look.ts";
import type { Range } from "./pane.ts";

/** Colours of numbers: how strong they are says how far a number is from where the scale is palest. */
export interface ColourScale {
  range: Range;
  colour(value: number): string;
}

const PALE = 0.08, STRONG = 0.92;
/** All numbers of one sign, of which the least is so large a part of the largest, are told from that on. */
const FAR_FROM_ZERO = 1 / 3;

/**
 * Blue for what is above 0 and orange for what is below, which the colour-blind tell apart; palest at 0, or at the
 * number that is nearest to it where all are far from it.
 */
export function colourScale({ low, high }: Range, look: Look): ColourScale {
  const near = low > 0 ? low : high < 0 ? -high : 0, far = Math.max(Math.abs(low), Math.abs(high));
  const from = near > FAR_FROM_ZERO * far && near < far ? near : 0;
  return {
    range: { low, high },
    colour(value) {
      const share = far > from ? Math.max(0, Math.abs(value) - from) / (far - from) : 0;
      const strength = PALE + (STRONG - PALE) * Math.min(1, share);
      return mixed(look.background, value < 0 ? look.short : look.long, strength);
    },
  };
}
