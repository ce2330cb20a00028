import assert from "node:assert/strict";
import { InputError } from "../../engine/market/errors.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "./waves.ts";

const DAY = 86_400_000;
const result = backtest(smaCross, waves(2_400)), { candles } = result;
const equity = result.equity.column("equity"), balance = 10_000;

function near(found: number, expected: number, what = ""): void {
  assert.ok(Math.abs(found - expected) < 1e-9, `${what}: ${found}, not ${expected}`);
}

Deno.test("months and years compound to the total return, and those of holding to holding's", () => {
  const months = result.monthlyReturns().rows, years = result.yearlyReturns().rows;
  assert.deepEqual(months.map(({ year, month }) => [year, month]), [
    [2024, 1],
    [2024, 2],
    [2024, 3],
    [2024, 4],
  ]);
  assert.deepEqual(years.map(({ year }) => year), [2024]);
  const total = equity[equity.length - 1] / balance;
  const held = candles.close[candles.length - 1] / candles.open[0];
  for (const rows of [months, years]) {
    near(rows.reduce((product, row) => product * (1 + row.return), 1), total);
    near(rows.reduce((product, { buyAndHold }) => product * (1 + buyAndHold), 1), held);
  }
});

Deno.test("drawdowns are told with their times, and there are as many as are asked for", () => {
  const rows = result.drawdowns(3).rows;
  assert.equal(rows.length, 3);
  assert.equal(result.drawdowns().length, 5);
  for (const { startTime, valleyTime, endTime = Infinity, depth } of rows) {
    const inside = Array.from(equity).filter((_, i) =>
      candles.time[i] > startTime && candles.time[i] < endTime
    );
    const at = candles.time.indexOf(startTime), peak = at < 0 ? balance : equity[at];
    near(depth, Math.min(...inside) / peak - 1);
    near(depth, equity[candles.time.indexOf(valleyTime)] / peak - 1);
  }
  near(rows[0].depth, Math.min(...result.equity.column("drawdown")));
});

Deno.test("each closed trade has its excursions, and they hold what it made", () => {
  const rows = result.excursions().rows;
  assert.equal(rows.length, result.trades.length);
  rows.forEach((row, i) => {
    const { side, entryTime, exitTime, entryPrice, exitPrice } = result.trades.rows[i];
    assert.deepEqual([row.side, row.entryTime, row.exitTime], [side, entryTime, exitTime]);
    const moved = exitPrice / entryPrice - 1;
    assert.ok(row.adverse <= moved + 1e-12 && moved <= row.favourable + 1e-12);
  });
});

Deno.test("rolling ratios are those of the last days alone, beside holding's", () => {
  const window = 10, { time, ...columns } = result.rolling(window).columns;
  // The last row of each day: a candle that closes at midnight belongs to the day that ends there.
  const daily = (values: ArrayLike<number>, before: number) => {
    const last = new Map<number, number>();
    candles.time.forEach((at, i) => last.set(Math.ceil(at / DAY), values[i]));
    const ends = [before, ...last.values()];
    return ends.slice(1).map((end, i) => end / ends[i] - 1);
  };
  const own = daily(equity, balance), held = daily(candles.close, candles.open[0]);
  assert.equal(time.length, own.length);
  assert.equal(time[0], candles.time[0] - 3_600_000 + DAY);
  const check = (returns: number[], ratios: Float64Array, spreads: Float64Array) =>
    returns.forEach((_, i) => {
      if (i < window - 1) return assert.ok(Number.isNaN(ratios[i]) && Number.isNaN(spreads[i]));
      const values = returns.slice(i + 1 - window, i + 1);
      const mean = values.reduce((a, b) => a + b) / window;
      const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const deviation = Math.sqrt(square / (window - 1));
      near(spreads[i], deviation * Math.sqrt(365));
      near(ratios[i], mean / deviation * Math.sqrt(365), `${i}`);
    });
  check(own, columns.sharpe, columns.volatility);
  check(held, columns.buyAndHoldSharpe, columns.buyAndHoldVolatility);
});

Deno.test("a window is a third of the days unless given, and is refused if there are fewer", () => {
  const known = (columns: { sharpe: Float64Array }) => columns.sharpe.findIndex((it) => it === it);
  assert.equal(known(result.rolling().columns), 32); // 100 days
  assert.equal(known(backtest(smaCross, waves(24 * 600)).rolling().columns), 89);
  for (const window of [1, 2.5, NaN, 101]) {
    assert.throws(() => result.rolling(window), InputError);
  }
  assert.throws(() => backtest(smaCross, waves(60)).rolling(), {
    message: "Cannot measure over 5 days: the candles have 3 UTC days",
  });
});

Deno.test("slippage is what every fill was worse than its quote, the open position's too", () => {
  const run = backtest(smaCross, waves(300), { account: { slippage: 0.002, fee: 0 } });
  assert.ok(run.open !== undefined && run.trades.length > 0);
  const paid = run.fills.rows.reduce((sum, { amount, price, side }) => {
    const quoted = side === "buy" ? price / 1.002 : price / 0.998;
    return sum + amount * Math.abs(price - quoted);
  }, 0);
  near(run.summary().slippage / paid, 1);
});
