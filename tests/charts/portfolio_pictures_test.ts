/** The pictures and tables of a result, of a portfolio. */
import assert from "node:assert/strict";
import { excursions } from "../../engine/charts/excursions.ts";
import { monthlyReturns } from "../../engine/charts/monthly_returns.ts";
import type { Option } from "../../engine/charts/option.ts";
import { returnsHistogram } from "../../engine/charts/returns_histogram.ts";
import { rollingSharpe } from "../../engine/charts/rolling_sharpe.ts";
import { underwater } from "../../engine/charts/underwater.ts";
import { yearlyReturns } from "../../engine/charts/yearly_returns.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";

const whole = waves(1_500), params = { fast: 5, slow: 20 };
const result = backtestPortfolio(smaCross, { BTC: whole, ETH: whole.slice(600, 1_500) }, {
  params,
});
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a}, not ${b}`);

Deno.test("a portfolio's drawdowns, months, years and rolling ratios are those of its equity", () => {
  const equity = result.equity.column("equity"), total = equity[equity.length - 1] / 10_000;
  for (const { rows } of [result.monthlyReturns(), result.yearlyReturns()]) {
    near(rows.reduce((product, row) => product * (1 + row.return), 1), total);
  }
  near(result.drawdowns(1).rows[0].depth, Math.min(...result.equity.column("drawdown")));
  const [line] = seriesOf(optionOf(underwater(result)), "drawdown");
  const drawn = line.data as unknown as [number, number][];
  result.equity.column("drawdown").forEach((fraction, i) => near(drawn[i][1], 100 * fraction));
  assert.equal(result.rolling(5).length, 63);
});

Deno.test("a portfolio's excursions are those of each instrument alone, in the order of its trades", () => {
  const alone = (candles: typeof whole) =>
    backtest(smaCross, candles, { params }).excursions().rows;
  const rows = { BTC: alone(whole), ETH: alone(whole.slice(600, 1_500)) };
  result.excursions().rows.forEach(({ entryTime, adverse, favourable }, i) => {
    const { instrument } = result.trades.rows[i];
    const own = rows[instrument as "BTC"].find((row) => row.entryTime === entryTime)!;
    near(adverse, own.adverse);
    near(favourable, own.favourable);
  });
  const dots = seriesOf(optionOf(excursions(result), { interactive: true }), "scatter");
  const count = dots.reduce((sum, { data }) => sum + (data as Option[]).length, 0);
  assert.equal(count, 2 * result.trades.length);
});

Deno.test("pictures of a portfolio are called by its instruments", () => {
  for (
    const draw of [underwater, rollingSharpe, yearlyReturns, monthlyReturns, returnsHistogram]
  ) {
    assert.match(`${draw(result)}`, / of sma_cross \(fast 5, slow 20\) on BTC, ETH, one account\n/);
  }
});
