import { choose, crossesAbove, crossesBelow, ema, macd, on } from "../engine/series/mod.ts";
import { choice, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Buys when the MACD crosses its signal line upwards while, on a longer timeframe, the close is above
 * its exponential average; sells when it crosses downwards. Long only.
 *
 * Why it might work: the MACD turns early but often, and a turn is worth more with the larger trend
 * behind it. Only closed candles of the longer timeframe count, as they will when it is traded.
 * When it does not: when the larger trend turns, the filter is the last to know, and holds the door
 * open for a day of bad trades. A filter also makes whatever was tried look better by leaving trades
 * out: count it among the trials.
 */
export default strategy("macd_filtered", {
  fast: whole(12),
  slow: whole(26),
  signal: whole(9),
  longer: choice("4h", ["1m", "15m", "1h", "4h", "1d"]),
  trend: whole(20),
}, {
  where: ({ fast, slow }) => fast.below(slow),
  build({ fast, slow, signal, longer, trend }, { close }) {
    const { line, signal: slower, histogram } = macd(close, { fast, slow, signal });
    const above = close.minus(ema(close, trend));
    // Chosen before the run starts, so the others are not computed.
    const bias = choose(longer, {
      "1m": on("1m", above),
      "15m": on("15m", above),
      "1h": on("1h", above),
      "4h": on("4h", above),
      "1d": on("1d", above),
    });
    return {
      enterLong: crossesAbove(line, slower).and(bias.above(0)),
      exitLong: crossesBelow(line, slower),
      series: { line, signal: slower, histogram, bias },
    };
  },
});
