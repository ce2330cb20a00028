/**
 * The baseline: a moving-average crossover as one hand-written loop over typed arrays. It does what
 * `backtest` does for `sma_cross` with fills at the close, and nothing else: no other strategy, no
 * state to save, no rows to resume from.
 */
export interface FusedResult {
  equity: Float64Array;
  orders: number;
  maxDrawdown: number;
  sharpe: number;
}

const DAY = 86_400_000;

/** Averages, account, equity and summary of a long-only crossover, all in, fee on each side. */
export function fusedCrossover(
  time: Float64Array,
  close: Float64Array,
  fast: number,
  slow: number,
  fee: number,
  balance: number,
): FusedResult {
  const { length } = close, equity = new Float64Array(length).fill(balance);
  const cents = new Float64Array(length);
  for (let i = 0; i < length; i++) cents[i] = Math.round(close[i] * 100);
  let quick = 0, steady = 0, cash = balance, amount = 0, side = 0, orders = 0;
  for (let i = 0; i < length; i++) {
    quick += cents[i] - (i < fast ? 0 : cents[i - fast]);
    steady += cents[i] - (i < slow ? 0 : cents[i - slow]);
    if (i < slow - 1) continue;
    const above = quick / (100 * fast), below = steady / (100 * slow);
    const now = above > below ? 1 : above < below ? -1 : 0;
    if (now === -side) {
      if (now === 1 && amount === 0) {
        amount = cash / (close[i] * (1 + fee));
        cash -= amount * close[i] * (1 + fee);
        orders++;
      } else if (now === -1 && amount > 0) {
        cash += amount * close[i] * (1 - fee);
        amount = 0;
        orders++;
      }
    }
    if (now !== 0) side = now;
    equity[i] = cash + amount * close[i];
  }
  return { equity, orders, ...fusedSummary(time, equity, balance) };
}

function fusedSummary(time: Float64Array, equity: Float64Array, balance: number) {
  let peak = balance, maxDrawdown = 0, before = balance, days = 0, sum = 0, squares = 0;
  let midnight = Math.ceil(time[0] / DAY) * DAY;
  for (let i = 0; i < equity.length; i++) {
    if (equity[i] > peak) peak = equity[i];
    const drawdown = equity[i] / peak - 1;
    if (drawdown < maxDrawdown) maxDrawdown = drawdown;
    if (time[i] < midnight) continue;
    const change = equity[i] / before - 1;
    sum += change;
    squares += change * change;
    days++;
    before = equity[i];
    midnight += DAY;
  }
  const mean = sum / days, deviation = Math.sqrt((squares - days * mean * mean) / (days - 1));
  return { maxDrawdown, sharpe: mean / deviation * Math.sqrt(365) };
}
