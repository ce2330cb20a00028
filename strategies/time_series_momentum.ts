import { change, crossesAbove, crossesBelow, deviation, log } from "../engine/series/mod.ts";
import { whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Long after a rise over `window` candles, short after a fall (Moskowitz, Ooi and Pedersen 2012), and
 * the more the calmer the market is: with `account.sizing` "volatility", `account.size` is the
 * deviation of equity's return a candle that a position is to have.
 *
 * Why it might work: over months, markets have gone on as they went, perhaps because news is believed
 * slowly and funds follow what rose. Scaling by volatility keeps one nervous month from deciding.
 * When it does not: it was found over a year on dozens of markets; on one, and over shorter spans, it
 * is mostly noise. Turns of a market cost it a whole position. A position is sized when it is opened
 * and keeps its size until the sign changes, however the volatility changes meanwhile.
 */
export default strategy("time_series_momentum", {
  window: whole(168),
  spell: whole(48, { min: 2 }),
}, {
  build({ window, spell }, { close }) {
    const past = change(log(close), window);
    const volatility = deviation(change(log(close)), spell);
    return {
      enterLong: crossesAbove(past, 0),
      enterShort: crossesBelow(past, 0),
      volatility,
      series: { past, volatility },
    };
  },
});
