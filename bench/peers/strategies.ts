import { atr, crossesAbove, crossesBelow, rsi, sma } from "../../engine/series/mod.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { type Strategy, strategy } from "../../engine/strategy/strategy.ts";
import smaCross from "../../strategies/sma_cross.ts";

/** A crossover that enters only while prices are neither stretched nor asleep. */
const filtered = strategy("filtered_cross", { fast: whole(10), slow: whole(30), calm: whole(70) }, {
  where: ({ fast, slow }) => fast.below(slow),
  build({ fast, slow, calm }, { close }) {
    const quick = sma(close, fast), steady = sma(close, slow);
    const isCalm = rsi(close, 14).below(calm), isAwake = atr(14).above(close.times(0.0006));
    return {
      enterLong: crossesAbove(quick, steady).and(isCalm).and(isAwake),
      exitLong: crossesBelow(quick, steady),
    };
  },
});

/** A crossover that a stop or a target may end inside any candle. */
const guarded = strategy("guarded_cross", { fast: whole(10), slow: whole(30) }, {
  where: ({ fast, slow }) => fast.below(slow),
  build({ fast, slow }, { close }) {
    const quick = sma(close, fast), steady = sma(close, slow);
    return {
      enterLong: crossesAbove(quick, steady),
      exitLong: crossesBelow(quick, steady),
      stopLoss: 0.005,
      takeProfit: 0.01,
    };
  },
});

/** What is compared, by the name that the peers know it by. */
export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  cross: smaCross,
  filtered,
  guarded,
};
