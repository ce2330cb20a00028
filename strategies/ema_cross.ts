import { crossesAbove, crossesBelow, ema } from "../engine/series/mod.ts";
import { whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Always in the market: long while the fast exponential average is above the slow one, else short.
 *
 * Why it might work: as for plain averages, trends have gone on for longer than chance would have it; the
 * exponential ones weigh the newest candles most, so they turn sooner.
 * When it does not: turning sooner is turning more often on noise, and each turn pays fees twice. Its shorts
 * stand against whatever makes a market rise over the years, and cost funding or borrowing where that is due.
 */
export default strategy("ema_cross", {
  fast: whole(12),
  slow: whole(26),
}, {
  where: ({ fast, slow }) => fast.below(slow),
  build({ fast, slow }, { close }) {
    const quick = ema(close, fast), steady = ema(close, slow);
    return {
      enterLong: crossesAbove(quick, steady),
      enterShort: crossesBelow(quick, steady),
      series: { quick, steady },
    };
  },
});
