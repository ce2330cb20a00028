import { crossesAbove, crossesBelow, supertrend } from "../engine/series/mod.ts";
import { number, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Always in the market: long while the supertrend's line lies below the price, short while above.
 *
 * Why it might work: the line keeps its distance in average true ranges, so a nervous market has to
 * go farther than a calm one to turn it, and a trend is left only when it gives back that much.
 * When it does not: in a range as wide as the distance it buys the top and sells the bottom, again and
 * again. It has no view on when to stay out, which is most of the time.
 */
export default strategy("supertrend_flip", {
  window: whole(10),
  width: number(3, { min: 0.1, max: 100 }),
}, {
  build({ window, width }) {
    const { line, direction } = supertrend(window, width);
    return {
      enterLong: crossesAbove(direction, 0),
      enterShort: crossesBelow(direction, 0),
      series: { line },
    };
  },
});
