import type { CurveColumn } from "../account/equity_curve.ts";
import type { Candles } from "../market/candles.ts";
import type { PerformanceRow } from "../ports/store.ts";

/**
 * The equity of all candles, of which not each has a row that is kept: between two of these neither cash
 * nor position changes. Before the first there is the balance alone.
 */
export function keptCurve(
  { time, close, length }: Candles,
  rows: readonly PerformanceRow[],
  balance: number,
): Record<CurveColumn, Float64Array> {
  const column = () => new Float64Array(length);
  const curve = { equity: column(), cash: column(), position: column(), drawdown: column() };
  let next = 0, cash = balance, position = 0, peak = balance;
  while (next < rows.length && rows[next].time < time[0]) next++;
  for (let i = 0; i < length; i++) {
    let equity: number, drawdown: number;
    if (rows[next]?.time === time[i]) {
      ({ equity, cash, position, drawdown } = rows[next++]);
      peak = drawdown === 0 ? equity : Math.max(peak, equity / (1 + drawdown));
    } else {
      equity = cash + position * close[i];
      peak = Math.max(peak, equity);
      drawdown = equity / peak - 1;
    }
    curve.equity[i] = equity;
    curve.cash[i] = cash;
    curve.position[i] = position;
    curve.drawdown[i] = drawdown;
  }
  return curve;
}
