/**
 * The catalogue's operators against TA-Lib, numpy and pandas (golden_more.json.gz, which talib/make_golden.py makes
 * anew) and against the published results of Stock.Indicators.
 */
import assert from "node:assert/strict";
import { CATALOGUE } from "../../engine/series/catalogue.ts";
import { sharedTest } from "../support/shared.ts";
import { farthest, goldenSeries, stockIndicators } from "./operator_agreement.ts";
import { PANDAS, STOCK_INDICATORS, TALIB, TALIB_BASICS } from "./operator_sources.ts";

/** Largest difference, as a fraction of what it should be. */
const TOLERANCE = 1e-9;

const golden = goldenSeries("golden_more.json.gz"), basics = goldenSeries("golden.json.gz");

for (
  const [library, comparisons, all] of [
    ["TA-Lib", TALIB_BASICS, basics],
    ["TA-Lib", TALIB, golden],
    ["pandas", PANDAS, golden],
  ] as const
) {
  for (const comparison of comparisons) {
    Deno.test(`${comparison.theirs} is that of ${library}`, () => {
      for (const series of all) {
        if (comparison.on && comparison.on !== series.name) continue;
        const { rows, difference } = farthest(
          series.ours(comparison),
          series.theirs(comparison),
          comparison,
        );
        assert(rows > 5, `${series.name}: only ${rows} rows are compared`);
        assert(difference <= TOLERANCE, `${series.name}: off by ${difference}`);
      }
    });
  }
}

for (const comparison of STOCK_INDICATORS) {
  sharedTest(`${comparison.operator}: ${comparison.theirs} of Stock.Indicators`, async () => {
    const series = await stockIndicators();
    const { rows, difference } = farthest(
      series.ours(comparison),
      series.theirs(comparison),
      comparison,
    );
    assert(rows > 100, `only ${rows} rows are compared`);
    assert(difference <= TOLERANCE, `off by ${difference}`);
  });
}

Deno.test("every golden column is compared", () => {
  const compared = new Set([...TALIB, ...PANDAS].map(({ theirs }) => theirs));
  for (const { columns } of golden) {
    assert.deepEqual(columns.filter((name) => !compared.has(name)), ["product 5", "product 20"]);
  }
});

Deno.test("at least 80 operators are listed, and 60 are compared with someone else's", () => {
  const operators = CATALOGUE.filter(({ kind }) => kind !== "adapter");
  const compared = [...TALIB_BASICS, ...TALIB, ...PANDAS, ...STOCK_INDICATORS];
  const names = new Set(compared.map(({ operator }) => operator));
  assert(operators.length >= 80, `${operators.length} operators`);
  assert(names.size >= 60, `${names.size} compared`);
});
