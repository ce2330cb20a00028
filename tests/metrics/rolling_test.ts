import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../engine/market/errors.ts";
import { rollingSharpe } from "../../engine/metrics/rolling_sharpe.ts";
import { rollingVolatility } from "../../engine/metrics/rolling_volatility.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { assertProperty } from "../support/property.ts";
import { someReturns } from "./some_returns.ts";

const settings = metricsSettings({ periodsPerYear: 100, riskFree: 0.1 });

Deno.test("rolling columns are those of each window alone", () => {
  const windows = fc.integer({ min: 2, max: 12 });
  assertProperty(fc.property(someReturns, windows, (returns, window) => {
    const ratios = rollingSharpe(returns, window, settings);
    const spreads = rollingVolatility(returns, window, settings);
    assert.deepEqual([ratios.length, spreads.length], [returns.length, returns.length]);
    returns.forEach((_, i) => {
      const values = [...returns].slice(i - window + 1, i + 1),
        sum = (all: number[]) => all.reduce((a, b) => a + b, 0);
      if (i < window - 1) return assert(Number.isNaN(ratios[i]) && Number.isNaN(spreads[i]));
      const mean = sum(values) / window;
      const deviation = Math.sqrt(sum(values.map((x) => (x - mean) ** 2)) / (window - 1));
      assert(Math.abs(spreads[i] - 10 * deviation) < 1e-12);
      if (new Set(values).size === 1) return assert(Number.isNaN(ratios[i]));
      const expected = (mean - (1.1 ** 0.01 - 1)) / deviation * 10;
      assert(Math.abs(ratios[i] - expected) <= 1e-9 * Math.max(1, Math.abs(expected)));
    });
  }));
});

Deno.test("a window that cannot be is refused, and one longer than the returns gives none", () => {
  const returns = Float64Array.of(0.01, 0.02);
  for (const window of [1, 0, 2.5, NaN]) {
    for (const rolling of [rollingSharpe, rollingVolatility]) {
      assert.throws(() => rolling(returns, window, settings), (error) => {
        assert(error instanceof InputError);
        assert.match(error.message, /window must be a whole number of 2 or more/);
        return true;
      });
    }
  }
  assert.deepEqual([...rollingSharpe(returns, 3, settings)], [NaN, NaN]);
});
