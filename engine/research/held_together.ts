import type { Candles } from "../market/candles.ts";

/**
 * Buying and holding instruments: what `money` is worth at each of `times` that is split among them
 * equally, each part bought at the open of the instrument's first candle, without costs, and never moved
 * again. Their candles close at these times.
 */
export function heldTogether(
  instruments: readonly Candles[],
  times: Float64Array,
  money: number,
): Float64Array {
  const next = instruments.map(() => 0);
  const parts = instruments.map(() => money / instruments.length);
  return times.map((time) => {
    instruments.forEach((candles, n) => {
      while (candles.time[next[n]] <= time) next[n]++;
      const last = next[n] - 1;
      if (last >= 0) {
        parts[n] = money / instruments.length * (candles.close[last] / candles.open[0]);
      }
    });
    return parts.reduce((sum, part) => sum + part, 0);
  });
}
