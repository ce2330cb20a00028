import { crossesAbove, crossesBelow, ema } from "../engine/series/mod.ts";
import { whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/** Always in the market: long while the fast exponential average is above the slow one, else short. */
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
