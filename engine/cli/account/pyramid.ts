import { atr, donchian, lag } from "../../series/mod.ts";
import { whole } from "../../strategy/parameters.ts";
import { strategy } from "../../strategy/strategy.ts";

/** Follows breakouts to both sides, and adds to what goes on: up to four entries, each with its stop. */
export const pyramid = strategy("pyramid", { entry: whole(20), exit: whole(10) }, {
  build({ entry, exit }, { close }) {
    const upper = lag(donchian(entry).upper), lower = lag(donchian(entry).lower);
    return {
      enterLong: close.above(upper),
      exitLong: close.below(lag(donchian(exit).lower)),
      enterShort: close.below(lower),
      exitShort: close.above(lag(donchian(exit).upper)),
      stopLoss: atr(20).times(2),
      maxEntries: 4,
      series: { upper, lower },
    };
  },
});
