/**
 * `sma_cross` over five years of hourly BTC/USDT, from file to summary, against averages in whole ticks,
 * the naive account and metrics written out here.
 */
import assert from "node:assert/strict";
import type { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { naiveAccount } from "../account/naive_account.ts";
import type { NaiveResult } from "../account/naive_result.ts";
import { naiveRows } from "../account/random_inputs.ts";
import { sharedPath, sharedTest } from "../support/shared.ts";

const FAST = 20, SLOW = 50, DAY = 86_400_000;

/** Rows on which the fast sum of ticks, scaled to the slow window, comes to lie on the other side. */
function crosses(candles: Candles) {
  const ticks = Array.from(candles.close, (price) => BigInt(Math.round(price * 100)));
  const enterLong: number[] = [], exitLong: number[] = [];
  let fast = 0n, slow = 0n, last = 0;
  ticks.forEach((tick, i) => {
    fast += tick - (ticks[i - FAST] ?? 0n);
    slow += tick - (ticks[i - SLOW] ?? 0n);
    const off = fast * BigInt(SLOW) - slow * BigInt(FAST), side = off > 0n ? 1 : off < 0n ? -1 : 0;
    const known = i >= SLOW - 1 && side !== 0;
    enterLong.push(known && side === 1 && last === -1 ? 1 : 0);
    exitLong.push(known && side === -1 && last === 1 ? 1 : 0);
    if (known) last = side;
  });
  return { enterLong, exitLong };
}

/** Equity at the end of each UTC day on which something closed, and on the silent days between. */
function dailyEquity({ time }: Candles, equity: number[]): number[] {
  const byDay = new Map<number, number>();
  time.forEach((close, i) => byDay.set(Math.floor((close - 1) / DAY), equity[i]));
  const days = [...byDay.keys()], daily: number[] = [];
  for (let day = days[0]; day <= days[days.length - 1]; day++) {
    daily.push(byDay.get(day) ?? daily[daily.length - 1]);
  }
  return daily;
}

/** Metrics by their textbook formulas. */
function naiveMetrics(candles: Candles, { equity, trades, position }: NaiveResult) {
  const end = equity[equity.length - 1], totalReturn = end / 10_000 - 1;
  let peak = 10_000, maxDrawdown = 0;
  for (const worth of equity) {
    peak = Math.max(peak, worth);
    maxDrawdown = Math.min(maxDrawdown, worth / peak - 1);
  }
  const daily = [10_000, ...dailyEquity(candles, equity)];
  const returns = daily.slice(1).map((worth, i) => worth / daily[i] - 1);
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const squares = returns.reduce((sum, r) => sum + (r - mean) ** 2, 0);
  const won = trades.filter(({ pnl }) => pnl > 0), lost = trades.filter(({ pnl }) => pnl < 0);
  const sum = (list: typeof trades) => list.reduce((sum, { pnl }) => sum + pnl, 0);
  return {
    finalEquity: end,
    totalReturn,
    maxDrawdown,
    sharpe: mean / Math.sqrt(squares / (returns.length - 1)) * Math.sqrt(365),
    trades: trades.length,
    winRate: won.length / trades.length,
    profitFactor: sum(won) / -sum(lost),
    expectancy: sum(trades) / trades.length,
    exposure: position.filter((units) => units !== 0).length / position.length,
  };
}

sharedTest(
  "five years of hourly bitcoin: gaps are noted, and every number is the naive one",
  async () => {
    const file = "data/candles_binance_spot_btcusdt_1h_2020_2025.csv.gz";
    const candles = await readCandlesCsv(sharedPath(file));
    assert.equal(candles.length, 43_803);
    const result = backtest(smaCross, candles, { params: { fast: FAST, slow: SLOW } });
    const [gaps, ...others] = result.notes();
    assert.match(gaps, /^10 gaps, 20 candles missing; the longest \(\d+\) from 20\d\d-/);
    assert.deepEqual(others, []);

    const signals = crosses(candles), input = { candles, signals };
    const naive = naiveAccount(naiveRows(input), result.account, {});
    assert.equal(result.signals.length, naive.actions.length);
    assert.deepEqual(
      result.signals.rows.map(({ time, action }) => ({ row: candles.time.indexOf(time), action })),
      naive.actions,
    );
    assert(naive.trades.length > 300, "enough trades to tell");
    result.equity.column("equity").forEach((equity, i) => {
      assert(Math.abs(equity / naive.equity[i] - 1) < 1e-9, `equity, row ${i}`);
    });
    const summary = result.summary();
    for (const [name, expected] of Object.entries(naiveMetrics(candles, naive))) {
      const found = summary[name as keyof ReturnType<typeof naiveMetrics>];
      assert(
        Math.abs(found - expected) <= 1e-8 * Math.abs(expected),
        `${name}: ${found}, ${expected}`,
      );
    }
  },
);
