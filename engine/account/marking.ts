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
  if (position === 0) return markFlat(state, from, to, curve, at);
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

/** The same where nothing is held: each row is as the others. */
function markFlat(
  state: AccountState,
  from: number,
  to: number,
  { equity, cash, position, drawdown }: EquityCurve,
  at: number,
): void {
  const worth = state.cash, end = at + to - from;
  if (worth > state.peak) state.peak = worth;
  const below = worth / state.peak - 1;
  for (let row = at; row < end; row++) {
    equity[row] = worth;
    cash[row] = worth;
    position[row] = 0;
    drawdown[row] = below;
  }
  state.worth = worth;
}
