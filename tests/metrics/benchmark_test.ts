import assert from "node:assert/strict";
import fc from "fast-check";
import { alpha } from "../../engine/metrics/alpha.ts";
import { benchmarkReturns } from "../../engine/metrics/benchmark_returns.ts";
import { beta } from "../../engine/metrics/beta.ts";
import { correlation } from "../../engine/metrics/correlation.ts";
import { informationRatio } from "../../engine/metrics/information_ratio.ts";
import { metricsSettings, riskFreePerPeriod } from "../../engine/metrics/settings.ts";
import { summary } from "../../engine/metrics/summary.ts";
import { assertProperty } from "../support/property.ts";
import { agree, madePerformance } from "./made_performance.ts";
import { near, someReturns } from "./some_returns.ts";

const settings = metricsSettings();
const HELD = Float64Array.of(0.02, -0.02, 0.04, -0.04); // mean 0, Σ b² = 0.004
const MADE = Float64Array.of(0.03, -0.01, 0.01, 0.01); // mean 0.01, Σ (r − mean)(b − mean) = 0.0008

Deno.test("alpha, beta, correlation and information ratio of four days, by hand", () => {
  near(beta(MADE, HELD), 0.2);
  near(alpha(MADE, HELD, settings), 1.01 ** 365 - 1);
  near(correlation(MADE, HELD), 0.0008 / Math.sqrt(0.0008 * 0.004));
  // Differences 0.01, 0.01, −0.03, 0.05: mean 0.01, Σ (x − mean)² = 0.0032.
  near(informationRatio(MADE, HELD, settings), 0.01 / Math.sqrt(0.0032 / 3) * Math.sqrt(365));
  const set = metricsSettings({ ddof: 0, periodsPerYear: 4, riskFree: 1.005 ** 4 - 1 });
  near(informationRatio(MADE, HELD, set), 0.01 / Math.sqrt(0.0032 / 4) * 2);
  near(alpha(MADE, HELD, set), (1 + 0.01 - 0.005 - 0.2 * -0.005) ** 4 - 1);
});

Deno.test("nothing is known against a benchmark of one day, or one that stood still", () => {
  const still = new Float64Array(4), one = HELD.subarray(0, 1), none = new Float64Array();
  for (const [made, held] of [[MADE, still], [one, one], [none, none]]) {
    assert.equal(beta(made, held), NaN);
    assert.equal(alpha(made, held, settings), NaN);
    assert.equal(correlation(made, held), NaN);
  }
  assert.equal(correlation(still, HELD), NaN);
  assert.equal(beta(still, HELD), 0);
  assert.equal(informationRatio(HELD, HELD, settings), NaN);
});

Deno.test("an alpha too large for a number, or of more than everything lost, is unknown", () => {
  const wild = Float64Array.of(9, 9, 9, 9.5), lost = Float64Array.of(-2, -1, -2, -1);
  assert.equal(alpha(wild, HELD, settings), NaN);
  assert.equal(alpha(lost, HELD, settings), NaN);
});

Deno.test("the benchmark's beta is 1, its correlation 1 and its alpha 0, whatever is free of risk", () => {
  assertProperty(
    fc.property(someReturns, fc.double({ min: 0, max: 0.2, noNaN: true }), (held, riskFree) => {
      assert.equal(beta(held, held), 1);
      assert(agree(correlation(held, held), 1));
      assert(Math.abs(alpha(held, held, metricsSettings({ riskFree }))) < 1e-12);
    }),
  );
});

Deno.test("what is a share of the benchmark and some more has that beta and that alpha", () => {
  const shares = fc.integer({ min: -200, max: 200 }).map((percent) => percent / 100);
  const more = fc.integer({ min: -20, max: 20 }).map((points) => points / 10_000);
  assertProperty(fc.property(someReturns, shares, more, (held, share, gained) => {
    const set = metricsSettings({ riskFree: 0.05 }), free = riskFreePerPeriod(set);
    const made = held.map((value) => free + share * (value - free) + gained);
    assert(Math.abs(beta(made, held) - share) < 1e-9);
    assert(Math.abs(alpha(made, held, set) - ((1 + gained) ** 365 - 1)) < 1e-9);
    if (share !== 0) assert(agree(correlation(made, held), Math.sign(share), 1e-9));
  }));
});

Deno.test("the benchmark is bought at the first open, and marked at the end of each day", () => {
  const equity = Array(48).fill(1), prices = [...Array(23).fill(110), 120, ...Array(24).fill(90)];
  const days = benchmarkReturns(madePerformance({ equity, prices, bought: 100 }), "1d");
  assert.equal(days.length, 2);
  near(days[0], 0.2);
  near(days[1], -0.25);
  assert.equal(benchmarkReturns(madePerformance({ equity: [] }), "1d").length, 0);
});

Deno.test("a ruined account is held against the days on which it lived", () => {
  const prices = [100, 120, 90, 180, 60], equity = [10_000, 12_000, 0, 0, 0];
  const made = summary(madePerformance({ equity, prices, timeframe: "1d" }));
  near(made.beta, beta(Float64Array.of(0, 0.2, -1), Float64Array.of(0, 0.2, -0.25)));
});
