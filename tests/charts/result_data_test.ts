/** What is drawn of results beside each other, and of their returns, read off what ECharts is given. */
import assert from "node:assert/strict";
import { compare } from "../../engine/charts/compare.ts";
import { monthlyReturns } from "../../engine/charts/monthly_returns.ts";
import type { Option } from "../../engine/charts/option.ts";
import { returnsHistogram } from "../../engine/charts/returns_histogram.ts";
import { Candles } from "../../engine/market/candles.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";
import { tradeOf, withTrades } from "./with_trades.ts";

const candles = waves(300), HOUR = 3_600_000;
const run = (over: Candles, fast = 5) => backtest(smaCross, over, { params: { fast, slow: 20 } });
const one = run(candles), other = run(candles, 8);

const valuesOf = ({ data }: Option) => (data as unknown as [number, number][]).map(([, it]) => it);

function near(found: readonly number[], expected: readonly number[]): void {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-9, `${i}: ${value}`));
}

Deno.test("a comparison draws each equity's growth and fall, and those of holding from the first open", () => {
  const option = optionOf(compare([one, other], { names: ["one", "other"] }));
  for (const [name, result] of [["one", one], ["other", other]] as const) {
    const equity = result.equity.column("equity"), falls = result.equity.column("drawdown");
    const [growth, fall] = seriesOf(option, name);
    near(valuesOf(growth), Array.from(equity, (money) => money / 100 - 100));
    near(valuesOf(fall), Array.from(falls, (it) => 100 * it));
  }
  const [growth, fall] = seriesOf(option, "Buy and hold"), { open, close } = candles;
  near(valuesOf(growth), Array.from(close, (price) => 100 * price / open[0] - 100));
  const highest = Array.from(close, (_, i) => Math.max(open[0], ...close.subarray(0, i + 1)));
  near(valuesOf(fall), Array.from(close, (price, i) => 100 * price / highest[i] - 100));
});

Deno.test("holding that falls from its first open on is that much below its peak", () => {
  const falling = Candles.fromRows(
    "1h",
    candles.rows().slice(0, 40).map((row, i) => {
      return { ...row, open: 101 - i, high: 120, low: 10, close: 100 - i };
    }),
  );
  const [, fall] = seriesOf(optionOf(compare([run(falling)])), "Buy and hold");
  near(valuesOf(fall).slice(0, 2), [100 / 101, 99 / 101].map((it) => 100 * it - 100));
});

Deno.test("holding is compared only with results that are all over the very same candles", () => {
  const lines = (second: Candles) => `${compare([one, run(second, 8)])}`.includes("Buy and hold");
  const changed = (i: number, change: Partial<ReturnType<Candles["row"]>>) =>
    Candles.fromRows("1h", candles.rows().map((row, at) => at === i ? { ...row, ...change } : row));
  assert.ok(lines(candles) && lines(changed(7, {})) && lines(changed(7, { volume: 99 })));
  // Of the first and the last candle alone, none of these can be told from the other.
  const { open, high, low, close } = candles.row(150);
  assert.ok(!lines(changed(150, { close: (open + close) / 2 })));
  assert.ok(!lines(changed(150, { open: (open + close) / 2 })));
  assert.ok(!lines(changed(150, { high: high + 1 })) && !lines(changed(150, { low: low - 1 })));
  assert.ok(!lines(candles.slice(0, 299)));
  const later = candles.rows().map((row, i) => i > 150 ? row : { ...row, time: row.time - HOUR });
  assert.ok(!lines(Candles.fromRows("1h", later)));
});

/** The points of data that also have something to say. */
const valued = (data: Option["data"]) =>
  (data as unknown as { value: [number, number] }[]).map(({ value }) => value);

/** How many bars there are of each, by the middle of their bins. */
function countsOf(option: Option): Record<string, [middle: number, count: number][]> {
  const found = ["lost", "won", "exactly 0"].map((name) => {
    const [{ data } = { data: [] }] = seriesOf(option, name);
    return [name, valued(data).filter(([, count]) => count > 0)];
  });
  return Object.fromEntries(found);
}

Deno.test("each trade is counted once, where its return lies and as what came of it", () => {
  const percents = [-3.2, -1.1, -1.4, 0, 0, 0.4, 0.6, 2.3];
  const trades = percents.map((it, i) =>
    tradeOf(candles, [10 * i, 10 * i + 5], { return: it / 100, pnl: it })
  );
  const picture = returnsHistogram(withTrades(candles, trades));
  const counts = countsOf(optionOf(picture)), width = 2; // 2 × 1.5 (quartiles) / ∛8, made round
  const bins = (some: number[]) => {
    const middles = some.map((it) => width * Math.floor(it / width) + width / 2);
    return [...Map.groupBy(middles, (it) => it)].map(([it, all]) => [it, all.length]);
  };
  assert.deepEqual(counts, {
    lost: bins(percents.filter((it) => it < 0)),
    won: bins(percents.filter((it) => it > 0)),
    "exactly 0": [[1, 2]],
  });
  const [, , numbers] = `${picture}`.split("\n");
  assert.equal(
    numbers,
    "8 trades · 37.50% won · mean -0.30% · median 0.00% · best +2.30% · worst -3.20%",
  );
});

Deno.test("days are days of UTC, won where equity rose on them", () => {
  const equity = one.equity.column("equity"), days = Math.ceil(300 / 24);
  const ends = Array.from({ length: days }, (_, k) => equity[Math.min(24 * k + 23, 299)]);
  const returns = ends.map((money, k) => money / (ends[k - 1] ?? 10_000) - 1);
  assert.ok(returns.some((it) => it === 0), "a day without a position");
  const picture = returnsHistogram(one, { of: "days" }), counts = countsOf(optionOf(picture));
  const sum = (name: string) => counts[name].reduce((all, [, count]) => all + count, 0);
  assert.equal(sum("won"), returns.filter((it) => it > 0).length);
  assert.equal(sum("lost"), returns.filter((it) => it < 0).length);
  assert.equal(sum("exactly 0"), returns.filter((it) => it === 0).length);
  const won = (100 * sum("won") / days).toFixed(2);
  assert.ok(`${picture}`.includes(`\n${days} days · ${won}% won · `), `${picture}`);
});

Deno.test("of months only those are said to be there in part that are", () => {
  // From 2024-01-01 on; the leap year's February ends 60 days later.
  const hours = waves(24 * 100),
    part = (from: number, to: number) =>
      `${monthlyReturns(run(hours.slice(24 * from, 24 * to)))}`.split("\n")[1].split(" · ").slice(
        1,
      );
  assert.deepEqual(part(0, 60), []);
  assert.deepEqual(part(0, 59), ["the last month in part"]);
  assert.deepEqual(part(1, 60), ["the first month in part"]);
  assert.deepEqual(part(1, 59), ["the first and last month in part"]);
  assert.deepEqual(part(1, 20), ["the month in part"]);
  assert.deepEqual(part(0, 31), []);
});
