import {
  crossesAbove,
  crossesBelow,
  highestWhile,
  lowestWhile,
  oncePerSession,
  session,
} from "../engine/series/mod.ts";
import { number } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Marks the high and the low of the session's first `range` hours and follows the first close beyond
 * either, once a side and session; stopped as far off as the range is wide, out when the session ends.
 * Hours are UTC: `begins` 13.5 and `ends` 20 are New York's stocks in summer.
 *
 * Why it might work: what was decided overnight is traded at the open; once that is absorbed, a close
 * outside may show which side had more to do.
 * When it does not: where there is no open. Crypto trades round the clock, so midnight is a guess,
 * and better begins may be those of other markets. A first break often comes back; the stop is wide
 * after a wild opening, which is when it is needed most.
 */
export default strategy("opening_range", {
  begins: number(0, { min: 0, max: 24 }),
  range: number(1, { min: 0.001, max: 12 }),
  ends: number(20, { min: 0, max: 24 }),
}, {
  where: ({ begins, range, ends }) => begins.plus(range).below(ends),
  build({ begins, range, ends }, { close, high, low }) {
    const formed = begins.plus(range), opening = session(begins, formed);
    const top = highestWhile(opening, high), bottom = lowestWhile(opening, low);
    const trading = session(formed, ends), over = trading.not();
    return {
      enterLong: oncePerSession(crossesAbove(close, top).and(trading), begins),
      exitLong: over,
      enterShort: oncePerSession(crossesBelow(close, bottom).and(trading), begins),
      exitShort: over,
      stopLoss: top.minus(bottom),
      series: { top, bottom },
    };
  },
});
