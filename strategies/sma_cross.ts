import { crossesAbove, crossesBelow, sma } from "../engine/series/mod.ts";
import { whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Long while the fast average is above the slow one.
 *
 * Why it might work: markets have trended longer than chance would have it, and who waits until the recent
 * mean is above the older one is in for most of a long rise and out for most of a long fall.
 * When it does not: it is late by about half the slow window, so that it buys high and sells low in a market
 * that goes sideways, and most of its trades lose; a few long trends have to pay for them and for the fees.
 */
export default strategy("sma_cross", {
  fast: whole(10),
  slow: whole(30),
}, {
  where: ({ fast, slow }) => fast.below(slow),
  build({ fast, slow }, { close }) {
    const quick = sma(close, fast), steady = sma(close, slow);
    return {
      enterLong: crossesAbove(quick, steady),
      exitLong: crossesBelow(quick, steady),
      series: { quick, steady },
    };
  },
});
