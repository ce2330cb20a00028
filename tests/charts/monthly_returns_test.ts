import assert from "node:assert/strict";
import { compare } from "../../engine/charts/compare.ts";
import { monthlyReturns, returnsByMonth } from "../../engine/charts/monthly_returns.ts";
import { backtest } from "../../engine/research/backtest.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";

const result = backtest(smaCross, waves(2_000));

Deno.test("the month's return is what its last row has made of the last one before", async () => {
  const equity = result.equity.column("equity"), last = new Map<string, number>();
  // A candle that closes at midnight belongs to the day that ends there.
  result.candles.time.forEach((time, i) =>
    last.set(new Date(time - 1).toISOString().slice(0, 7), equity[i])
  );
  let before = 10_000;
  const expected = [...last].map(([label, money]) => {
    const growth = money / before - 1;
    before = money;
    return { year: Number(label.slice(0, 4)), month: Number(label.slice(5)) - 1, growth };
  });
  const months = returnsByMonth(result);
  assert.equal(months.length, 3);
  expected.forEach(({ year, month, growth }, i) => {
    assert.deepEqual([months[i].year, months[i].month], [year, month]);
    assert.ok(Math.abs(months[i].return - growth) < 1e-12);
  });
  const svg = await monthlyReturns(result).svg();
  for (const { growth } of expected) assert.ok(svg.includes(`${(100 * growth).toFixed(1)}%`));
  assert.ok(svg.includes(`${(100 * (before / 10_000 - 1)).toFixed(1)}%`), "the year");
});

Deno.test("a comparison's table has the numbers of each summary, as text too", () => {
  const other = backtest(smaCross, waves(2_000), { params: { fast: 5, slow: 20 } });
  const [title, , head, held, ...rows] = `${compare([result, other], { names: ["a", "b"] })}`.split(
    "\n",
  );
  assert.equal(title, "2 × sma_cross on 1h candles");
  assert.match(
    head,
    /^ +Return +CAGR +Volatility +Sharpe +Max drawdown +Trades +Won +Profit factor +Fees$/,
  );
  assert.match(held, /^Buy and hold +[+-]/);
  [result, other].forEach((each, i) => {
    const { totalReturn, sharpe, trades } = each.summary(), cells = rows[i].split(/ +/);
    assert.equal(cells[0], "ab"[i]);
    assert.equal(Number(cells[1].replace(/[,%]/g, "")), Math.round(1e4 * totalReturn) / 100);
    assert.equal(Number(cells[4]), Math.round(100 * sharpe) / 100);
    assert.equal(Number(cells[6]), trades);
  });
});

Deno.test("a comparison's table has the metrics that are asked for, of holding too where it can", () => {
  const { candles } = result,
    picture = compare([result], {
      metrics: ["sortino", "fees", "maxDrawdown", "sharpe"],
      symbol: "ABC/EUR",
      names: ["a"],
    });
  const [, , head, held, own] = `${picture}`.split("\n");
  assert.match(head, /^ +Sortino +Fees, EUR +Max drawdown +Sharpe$/);
  const { sortino, fees } = result.summary(), cells = own.split(/ +/);
  assert.deepEqual(cells.slice(0, 2), ["a", sortino.toFixed(2)]);
  assert.equal(Number(cells[2].replace(",", "")), Number(fees.toFixed(2)));
  // Of holding: Sharpe of its daily returns, by hand; it has no fees.
  const days = new Map<number, number>();
  candles.time.forEach((time, i) => days.set(Math.ceil(time / 86_400_000), candles.close[i]));
  const ends = [candles.open[0], ...days.values()];
  const returns = ends.slice(1).map((end, i) => end / ends[i] - 1), count = returns.length;
  const mean = returns.reduce((a, b) => a + b) / count;
  const variance = returns.reduce((sum, it) => sum + (it - mean) ** 2, 0) / (count - 1);
  const [, , , , , sharpe, ...more] = held.split(/ +/);
  assert.equal(Number(sharpe), Number((mean / Math.sqrt(variance) * Math.sqrt(365)).toFixed(2)));
  assert.deepEqual(more, []);
});
