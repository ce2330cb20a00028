import { rsi } from "../engine/series/mod.ts";
import { number, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Buys what has fallen too far and sells when it has recovered, with a stop and a target.
 *
 * Why it might work: who has to sell at once pays for it, and the price comes back when they are done; so short,
 * sharp falls have been made up for more often than not.
 * When it does not: a fall that has a reason goes on, and the index stays low all the way down, so that it buys
 * again behind each stop. The stop keeps one loss small, not their number: try a cooldown (`account.cooldown`).
 */
export default strategy("rsi_reversion", {
  window: whole(14, { min: 2 }),
  oversold: number(30, { min: 0, max: 100 }),
  recovered: number(55, { min: 0, max: 100 }),
  stop: number(0.02, { min: 0.0001, max: 0.9 }),
  target: number(0.04, { min: 0.0001, max: 10 }),
}, {
  where: ({ oversold, recovered }) => oversold.below(recovered),
  build({ window, oversold, recovered, stop, target }, { close }) {
    const strength = rsi(close, window);
    return {
      enterLong: strength.below(oversold),
      exitLong: strength.above(recovered),
      stopLoss: stop,
      takeProfit: target,
      series: { strength },
    };
  },
});
