import { crossesAbove, crossesBelow, ema } from "../engine/series/mod.ts";
import { whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Takes the crossings of two exponential averages that go with a third, much longer one, and leaves
 * with the opposite crossing.
 *
 * Why it might work: large orders and slow news move prices in one direction for longer than chance
 * would; the long average keeps out of the crossings against that direction.
 * When it does not: sideways the price lies on all three averages, and every crossing is paid for.
 * It enters late and leaves late, so many short trends cost it more than one long one brings.
 */
export default strategy("ema_trend", {
  fast: whole(12),
  slow: whole(26),
  trend: whole(200),
}, {
  where: ({ fast, slow, trend }) => fast.below(slow).and(slow.below(trend)),
  build({ fast, slow, trend }, { close }) {
    const quick = ema(close, fast), steady = ema(close, slow), base = ema(close, trend);
    const up = crossesAbove(quick, steady), down = crossesBelow(quick, steady);
    return {
      enterLong: up.and(close.above(base)),
      exitLong: down,
      enterShort: down.and(close.below(base)),
      exitShort: up,
      series: { quick, steady, base },
    };
  },
});
