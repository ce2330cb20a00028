import {
  close,
  crossesAbove,
  crossesBelow,
  instrument,
  log,
  zScore,
} from "../engine/series/mod.ts";
import { number, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Sells the market when it has become dear beside another one, ETH/USDT, and buys it when it has become
 * cheap: by how many standard deviations the ratio of both prices lies from its mean over `window`
 * candles. Leaves when the ratio is back at its mean, or where it has gone `stop` further.
 *
 * Why it might work: two markets that the same news moves seldom part for long, and whoever trades
 * against the parting is paid by those who had to act on one of them (Gatev, Goetzmann and Rouwenhorst
 * 2006).
 * When it does not: a bot trades one market, so that this is half of the pair, and what moves both is
 * not hedged: only the reason to trade is relative. A ratio that has changed for good is bet against
 * until the mean has followed. Where the other market has no candle, the ratio is unknown, and for
 * `window` candles nothing is decided.
 */
export default strategy("pairs_z_score", {
  window: whole(120, { min: 2 }),
  entry: number(2, { min: 0.1, max: 10 }),
  stop: number(0.02, { min: 0.0001, max: 0.5 }),
}, {
  build({ window, entry, stop }) {
    const ratio = log(close.over(instrument("ETH/USDT", close)));
    const parted = zScore(ratio, window);
    return {
      enterLong: crossesBelow(parted, entry.times(-1)),
      exitLong: crossesAbove(parted, 0),
      enterShort: crossesAbove(parted, entry),
      exitShort: crossesBelow(parted, 0),
      stopLoss: stop,
      series: { ratio, parted },
    };
  },
});
