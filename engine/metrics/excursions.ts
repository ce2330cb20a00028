import type { ClosedTrade } from "../account/ledger.ts";
import type { Candles } from "../market/candles.ts";
import { openTime } from "../market/timeframe.ts";
import { firstAfter } from "./first_after.ts";

/** How far the price went against a trade and for it, as fractions of its entry price. */
export interface Excursion {
  /** Maximum adverse excursion (MAE): 0 or negative. */
  adverse: number;
  /** Maximum favourable excursion (MFE): 0 or positive. */
  favourable: number;
}

/** What a trade has to say about where it began and ended. */
export type Held = Pick<
  ClosedTrade,
  "side" | "entryTime" | "entryPrice" | "exitTime" | "exitPrice" | "reason"
>;

/** Orders of these are decided on a close, and so are not filled inside a candle. */
const BETWEEN_CANDLES: readonly string[] = ["signal", "reversal"];

/**
 * The excursions of each trade, costs left out: from its entry price, over the high and low of every
 * candle that it was held through, to its exit price. In the candle inside of which it was closed only
 * the open and the exit count, for the rest may have come after; a candle inside of which it was opened
 * is left out likewise.
 *
 * Source: J. Sweeney, "Maximum Adverse Excursion", 1997.
 */
export function excursions(trades: readonly Held[], candles: Candles): Excursion[] {
  return trades.map((trade) => {
    const { side, entryTime, entryPrice, exitTime, exitPrice, reason } = trade;
    const { time, open, high, low, length } = candles;
    let highest = Math.max(entryPrice, exitPrice), lowest = Math.min(entryPrice, exitPrice);
    for (let i = firstAfter(time, entryTime); i < length && time[i] <= exitTime; i++) {
      if (openTime(time[i], candles.timeframe) < entryTime) continue;
      const whole = time[i] < exitTime || BETWEEN_CANDLES.includes(reason);
      highest = Math.max(highest, whole ? high[i] : open[i]);
      lowest = Math.min(lowest, whole ? low[i] : open[i]);
    }
    const [up, down] = [highest - entryPrice, lowest - entryPrice].map((move) => move / entryPrice);
    return side === "long"
      ? { adverse: down, favourable: up }
      : { adverse: 0 - up, favourable: 0 - down };
  });
}
