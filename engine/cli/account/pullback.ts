import { atr, crossesAbove, ema, rsi } from "../../series/mod.ts";
import { number, whole } from "../../strategy/parameters.ts";
import { strategy } from "../../strategy/strategy.ts";

/** Buys what falls back in a rising market, cheaper than it is now, and takes gains in parts. */
export const pullback = strategy("pullback", {
  trend: whole(100),
  window: whole(14),
  ranges: number(2, { min: 0.1, max: 100 }),
}, {
  build({ trend, window, ranges }, { close }) {
    const average = ema(close, trend), strength = rsi(close, window), range = atr(window);
    return {
      enterLong: close.above(average).and(strength.below(50)),
      exitLong: close.below(average),
      limitEntry: range.over(2), // half a range below the close,
      timeInForce: 3, // for three candles; then it is given up
      stopLoss: range.times(ranges), // a series: a distance in price
      breakEven: range.times(ranges), // what has gained that much is not to lose any more
      firstTarget: range.times(ranges), // a third of it is sold there,
      firstPart: 1 / 3,
      reduceLong: crossesAbove(strength, 75), // half of what is left when it runs hot,
      reducePart: 0.5,
      trailingStop: 0.05, // and the rest when it falls 5 % from its best price
      series: { average },
    };
  },
});
