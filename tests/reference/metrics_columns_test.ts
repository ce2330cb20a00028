/**
 * Drawdowns, months, years, rolling columns and the normal quantile against quantstats, empyrical and
 * SciPy (metrics/make_golden.py).
 */
import assert from "node:assert/strict";
import { drawdowns } from "../../engine/metrics/drawdowns.ts";
import { monthlyReturns } from "../../engine/metrics/monthly_returns.ts";
import { normalQuantile } from "../../engine/metrics/normal_quantile.ts";
import { rollingSharpe } from "../../engine/metrics/rolling_sharpe.ts";
import { rollingVolatility } from "../../engine/metrics/rolling_volatility.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { yearlyReturns } from "../../engine/metrics/yearly_returns.ts";
import { agree, DAY } from "../metrics/made_performance.ts";
import { assertColumnsAgree } from "./agree.ts";
import { dailyReturns, equal, golden, goldenPerformance } from "./metrics_golden.ts";

Deno.test("the five deepest drawdowns are quantstats', which ends them at the last day below the peak", () => {
  let compared = 0;
  for (const curve of golden.curves) {
    if (curve.name === "all losers") continue; // it finds none if the first day begins the only one
    const performance = goldenPerformance(curve), last = performance.rows.time.at(-1);
    const found = drawdowns(performance);
    assert.equal(found.length, curve.drawdowns.length, curve.name);
    found.forEach(({ start, valley, end, depth, days }, i) => {
      const theirs = curve.drawdowns[i], what = `${curve.name}, drawdown ${i}`;
      equal(depth, theirs.depth, what);
      // A day closes when the next begins: its date is a day before the close that we name.
      assert.equal(start, Date.parse(theirs.start), what);
      assert.equal(valley, Date.parse(theirs.valley) + DAY, what);
      assert.equal((end ?? last! + DAY) - DAY, Date.parse(theirs.end) + DAY, what);
      assert.equal(days, end === undefined ? theirs.days : theirs.days + 1, what);
      compared++;
    });
  }
  assert(compared > 30, `only ${compared} drawdowns were compared`);
});

Deno.test("of equity that only fell, the drawdown is the whole of it", () => {
  const losers = golden.curves.find(({ name }) => name === "all losers")!;
  const performance = goldenPerformance(losers), { rows, equity, initialBalance } = performance;
  const [only, ...more] = drawdowns(performance);
  assert.equal(more.length, 0);
  assert.equal(only.end, undefined);
  assert.equal(only.valley, rows.time.at(-1));
  assert.equal(only.days, equity.length);
  assert(agree(only.depth, equity.at(-1)! / initialBalance - 1));
});

Deno.test("the returns of months and years are empyrical's", () => {
  for (const curve of golden.curves) {
    const months = monthlyReturns(goldenPerformance(curve)), years = yearlyReturns(months);
    assert.deepEqual(months.map((m) => [m.year, m.month + 1]), curve.months.map((m) => m.of));
    assert.deepEqual(years.map((y) => y.year), curve.years.map((y) => y.of));
    months.forEach((month, i) => near(month.return, curve.months[i].return));
    years.forEach((year, i) => near(year.return, curve.years[i].return));
  }
});

/** Returns near 0 are differences of numbers near 1. */
function near(actual: number, expected: number) {
  assert(Math.abs(actual - expected) <= 1e-9 * Math.max(1e-3, Math.abs(expected)));
}

Deno.test("rolling Sharpe ratios and volatilities are quantstats'", () => {
  let compared = 0;
  for (const { name, equity, rolling_sharpe, rolling_volatility } of golden.curves) {
    const returns = Float64Array.from(dailyReturns(equity, golden.balance));
    const settings = metricsSettings(), { window } = golden;
    const pairs: [Float64Array, number[] | null][] = [
      [rollingSharpe(returns, window, settings), rolling_sharpe],
      [rollingVolatility(returns, window, settings), rolling_volatility],
    ];
    for (const [ours, theirs] of pairs) {
      if (theirs === null) continue;
      compared += assertColumnsAgree(ours, theirs, name, { absolute: 1e-12 });
    }
  }
  assert(compared > 7_000, `only ${compared} values were compared`);
});

Deno.test("the normal quantile is SciPy's", () => {
  for (const { chance, z } of golden.normal_quantile) {
    assert(Math.abs(normalQuantile(chance) - z) <= 1e-12 * Math.max(1, Math.abs(z)), `${chance}`);
  }
});
