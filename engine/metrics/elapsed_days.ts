import type { Candles } from "../market/candles.ts";
import { nominalLength, openTime } from "../market/timeframe.ts";

/** Days from the open of the first candle to the close of the last, fractions included; 0 of none. */
export function elapsedDays({ time, timeframe, length }: Candles): number {
  if (length === 0) return 0;
  return (time[length - 1] - openTime(time[0], timeframe)) / nominalLength("1d");
}
