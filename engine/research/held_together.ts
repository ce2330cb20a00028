import { allocateColumns, Candles, KINDS } from "../market/candles.ts";

/**
 * Buying and holding instruments as candles: what `money` becomes that is split among them equally,
 * each part bought at the open of the instrument's first candle, without costs, and never moved again.
 * There is one for each of `times`, at which their candles close.
 */
export function heldTogether(
  instruments: readonly Candles[],
  times: Float64Array,
  money: number,
): Candles {
  const columns = allocateColumns(times.length), next = instruments.map(() => 0);
  const parts = instruments.map(() => money / instruments.length);
  let before = money;
  times.forEach((time, row) => {
    instruments.forEach((candles, n) => {
      while (candles.time[next[n]] <= time) next[n]++;
      const last = next[n] - 1;
      if (last >= 0) {
        parts[n] = money / instruments.length * (candles.close[last] / candles.open[0]);
      }
    });
    const worth = parts.reduce((sum, part) => sum + part, 0);
    columns.time[row] = time;
    columns.open[row] = before;
    columns.high[row] = Math.max(before, worth);
    columns.low[row] = Math.min(before, worth);
    columns.close[row] = before = worth;
    columns.trades[row] = NaN;
    columns.kind[row] = KINDS.indexOf("backfilled");
  });
  return new Candles(instruments[0].timeframe, columns, undefined);
}
