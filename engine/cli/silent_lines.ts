import type { Candles } from "../market/candles.ts";
import { missingIn } from "../market/row_times.ts";

/** Says that intervals were left out, since a bot on the same trades decides on silent ones too. */
export function silentLines(candles: Candles): string[] {
  const { timeframe } = candles;
  const count = candles.gaps().reduce((sum, gap) => sum + missingIn(gap, timeframe), 0);
  if (count === 0) return [];
  const text = count.toLocaleString("en-US");
  return [
    `${text} ${
      count === 1 ? "interval" : "intervals"
    } of ${timeframe} without a trade left out: --empty ` +
    "fills those that were silent, on which a bot decides too",
  ];
}
