import type { EquityCurve } from "./equity_curve.ts";
import type { AccountState } from "./state.ts";

/** Writes the rows [from, to), on which the position does not change, to a curve from `at` on. */
export function mark(
  state: AccountState,
  close: Float64Array,
  from: number,
  to: number,
  curve: EquityCurve,
  at: number,
): void {
  const { cash, position } = state;
  if (from === to) return;
  let peak = state.peak;
  for (let i = from; i < to; i++, at++) {
    const worth = cash + position * close[i];
    if (worth > peak) peak = worth;
    curve.equity[at] = worth;
    curve.cash[at] = cash;
    curve.position[at] = position;
    curve.drawdown[at] = worth / peak - 1;
  }
  state.peak = peak;
  state.worth = curve.equity[at - 1];
}
