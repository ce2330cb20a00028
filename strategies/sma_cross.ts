import { crossesAbove, crossesBelow, sma } from "../engine/series/mod.ts";
import { whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/** Long while the fast average is above the slow one. */
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
