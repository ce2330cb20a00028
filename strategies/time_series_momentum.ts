import { change, clamp, deviation, log, sign } from "../engine/series/mod.ts";
import { number, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * Long after a rise over `window` candles, short after a fall (Moskowitz, Ooi and Pedersen 2012), and
 * the more the calmer the market is: it is exposed as much as makes the deviation of equity's return a
 * candle `target`, all of the equity at most.
 *
 * Why it might work: over months, markets have gone on as they went, perhaps because news is believed
 * slowly and funds follow what rose. Scaling by volatility keeps one nervous month from deciding.
 * When it does not: it was found over a year on dozens of markets; on one, and over shorter spans, it
 * is mostly noise. Turns of a market cost it a whole position, and keeping to the target costs fees:
 * `account.rebalanceThreshold` says how much of equity it has to be off before it trades.
 */
export default strategy("time_series_momentum", {
  window: whole(168),
  spell: whole(48, { min: 2 }),
  target: number(0.0005, { min: 0.000001, max: 0.1 }),
}, {
  build({ window, spell, target }, { close }) {
    const past = change(log(close), window);
    const volatility = deviation(change(log(close)), spell);
    return {
      exposure: clamp(sign(past).times(target).over(volatility), -1, 1),
      series: { past, volatility },
    };
  },
});
