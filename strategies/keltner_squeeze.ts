import {
  barsSince,
  bollinger,
  donchian,
  falling,
  keltner,
  linearRegression,
  rising,
  sma,
} from "../engine/series/mod.ts";
import { number, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Waits until the Bollinger bands lie within the Keltner channel (closes move less than ranges would
 * let one expect) and, on the candle on which they leave it, goes where the price leans; out when it
 * has leant less for two candles (after Carter's TTM squeeze).
 *
 * Why it might work: volatility comes in spells, so after a quiet one a larger move is likelier than
 * usual, and the bands say when.
 * When it does not: they do not say where to. The lean at the release is a guess, and first moves out
 * of a squeeze are often taken back. Silent markets squeeze for want of trades, not of opinions.
 */
export default strategy("keltner_squeeze", {
  window: whole(20, { min: 2 }),
  deviations: number(2, { min: 0.1, max: 10 }),
  ranges: number(1.5, { min: 0.1, max: 10 }),
}, {
  build({ window, deviations, ranges }, { close }) {
    const bands = bollinger(close, window, deviations);
    const channel = keltner({ window, width: ranges, atr: window });
    const squeezed = bands.upper.below(channel.upper).and(bands.lower.above(channel.lower));
    const released = barsSince(squeezed).equals(1);
    const centre = donchian(window).middle.plus(sma(close, window)).over(2);
    const lean = linearRegression(close.minus(centre), window).value;
    return {
      enterLong: released.and(lean.above(0)),
      exitLong: falling(lean, 2),
      enterShort: released.and(lean.below(0)),
      exitShort: rising(lean, 2),
      series: { squeezed, lean },
    };
  },
});
