import { atr, donchian, lag } from "../engine/series/mod.ts";
import { number, whole } from "../engine/strategy/parameters.ts";
import { strategy } from "../engine/strategy/strategy.ts";

/**
 * The Turtle Traders' rule: follow a close beyond the highest high or lowest low of `entry` candles,
 * leave at the opposite extreme of `exit` candles, with a stop `ranges` average true ranges off. Sized
 * by that stop, as they did (`account.sizing` "risk"), each trade risks the same part of the equity.
 * They added to winners, too: `maxEntries` in a config's risk does that, once a candle.
 *
 * Why it might work: a new extreme is where those who were wrong give up. Losses are cut at once and
 * gains are not, so a few long trends may pay for many failures.
 * When it does not: most breakouts fail, and months may pass without one that lasts.
 * On short candles the same rule breaks out of noise, and fees take what is left.
 */
export default strategy("donchian_turtle", {
  entry: whole(20),
  exit: whole(10),
  window: whole(20),
  ranges: number(2, { min: 0.1, max: 100 }),
}, {
  where: ({ entry, exit }) => exit.below(entry),
  build({ entry, exit, window, ranges }, { close }) {
    // The channel of the candle before: this candle's own high is in its own.
    const upper = lag(donchian(entry).upper), lower = lag(donchian(entry).lower);
    const { upper: above, lower: below } = donchian(exit);
    return {
      enterLong: close.above(upper),
      exitLong: close.below(lag(below)),
      enterShort: close.below(lower),
      exitShort: close.above(lag(above)),
      stopLoss: atr(window).times(ranges),
      series: { upper, lower },
    };
  },
});
