import { bollinger, crossesAbove, crossesBelow } from "../engine/series/mod.ts";
import { number, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Buys when the close leaves the Bollinger bands upwards, and sells when it is back at their middle.
 * Long only, so that a spot account will do.
 *
 * Why it might work: a close two deviations above its own mean is rare by chance; when it happens,
 * something may have changed that others act on later.
 * When it does not: in a range the upper band is where the price turns around, and reversion is the
 * better bet (the same bands, the other way round). The middle is a loose exit: a large part of an
 * open gain is given back before it is reached.
 */
export default strategy("bollinger_breakout", {
  window: whole(20, { min: 2 }),
  width: number(2, { min: 0.1, max: 10 }),
}, {
  build({ window, width }, { close }) {
    const { upper, middle, lower } = bollinger(close, window, width);
    return {
      enterLong: crossesAbove(close, upper),
      exitLong: crossesBelow(close, middle),
      series: { upper, middle, lower },
    };
  },
});
