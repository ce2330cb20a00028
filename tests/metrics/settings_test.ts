import assert from "node:assert/strict";
import { InputError } from "../../engine/market/errors.ts";
import type { Timeframe } from "../../engine/market/timeframe.ts";
import {
  type MetricsOptions,
  metricsSettings,
  riskFreePerPeriod,
} from "../../engine/metrics/settings.ts";
import { agree } from "./made_performance.ts";

Deno.test("the number of periods in a year follows the period unless it is given", () => {
  const perYear = (options: MetricsOptions) => metricsSettings(options).periodsPerYear;
  assert.equal(perYear({}), 365);
  assert.equal(perYear({ period: "1m" }), 525_600);
  assert.equal(perYear({ period: "1w" }), 365 / 7);
  assert.equal(perYear({ period: "1M" }), 12);
  assert.equal(perYear({ period: "1M", periodsPerYear: 252 }), 252);
});

Deno.test("the risk-free return of a period compounds to that of the year", () => {
  const settings = metricsSettings({ riskFree: 0.04, period: "1M" });
  assert(agree((1 + riskFreePerPeriod(settings)) ** 12, 1.04));
  assert.equal(riskFreePerPeriod(metricsSettings()), 0);
});

Deno.test("impossible settings are refused with the value found", () => {
  const refused: [MetricsOptions, RegExp][] = [
    [{ periodsPerYear: 0 }, /periodsPerYear must be a number above 0, not 0/],
    [{ periodsPerYear: NaN }, /not NaN/],
    [{ periodsPerYear: Infinity }, /not Infinity/],
    [{ ddof: -1 }, /ddof must be a whole number of 0 or more, not -1/],
    [{ ddof: 0.5 }, /not 0.5/],
    [{ riskFree: -1 }, /fraction above -1 .* not -1/],
    [{ riskFree: NaN }, /not NaN/],
    [{ confidence: 0.5 }, /confidence must be above 0.5 and below 1 .* not 0.5/],
    [{ confidence: 1 }, /not 1$/],
    [{ confidence: 95 }, /not 95/],
    [{ confidence: NaN }, /not NaN/],
    [{ period: "1D" as Timeframe }, /Unknown timeframe "1D"/],
    [{ period: 1 as unknown as Timeframe }, /Unknown timeframe "1"/],
    [
      { riskfree: 0.04 } as MetricsOptions,
      /^summary has no option "riskfree": did you mean "riskFree"\?/,
    ],
  ];
  for (const [options, message] of refused) {
    assert.throws(() => metricsSettings(options), (error) => {
      assert(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  }
});
