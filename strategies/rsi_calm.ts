import { atr, natr, rank, rsi } from "../engine/series/mod.ts";
import { number, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Buys what has fallen too far, but only while the market is calm by its own standards: its range, in
 * percent of the price, is not among the widest of late. Sells when the fall is made up for, or at a
 * stop some ranges below.
 *
 * Why it might work: in a calm market a sharp fall is often somebody in a hurry, and those who gave
 * them the other side are paid when the price comes back. The filter leaves out the falls that have a
 * reason, for these come with wide ranges.
 * When it does not: a crash that begins quietly is bought on its way down. Wins are small and losses
 * large, so a good win rate says little; fees decide whether anything is left.
 */
export default strategy("rsi_calm", {
  window: whole(14, { min: 2 }),
  oversold: number(30, { min: 0, max: 100 }),
  recovered: number(50, { min: 0, max: 100 }),
  memory: whole(200, { min: 2 }),
  calm: number(0.7, { min: 0, max: 1 }),
  ranges: number(3, { min: 0.1, max: 100 }),
}, {
  where: ({ oversold, recovered }) => oversold.below(recovered),
  build({ window, oversold, recovered, memory, calm, ranges }, { close }) {
    const strength = rsi(close, window), unrest = rank(natr(window), memory);
    return {
      enterLong: strength.below(oversold).and(unrest.below(calm)),
      exitLong: strength.above(recovered),
      stopLoss: atr(window).times(ranges),
      series: { strength, unrest },
    };
  },
});
