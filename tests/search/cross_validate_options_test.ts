import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { metricsSettings } from "../../engine/metrics/settings.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { CrossValidation } from "../../engine/research/cross_validation/cross_validation.ts";
import { heldSpans } from "../../engine/research/cross_validation/held_spans.ts";
import { validatedPaths } from "../../engine/research/cross_validation/validated_paths.ts";
import { crossValidate } from "../../engine/search/cross_validate.ts";
import { sqliteLedger } from "../../engine/storage/trials/sqlite_ledger.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const HOUR = 3_600_000, DAYS = 120;
const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * DAYS);

const near = (found: number, expected: number, what: string) =>
  assert(
    Math.abs(found - expected) < 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${found}, not ${expected}`,
  );

Deno.test("funding, account and years count in every set, and the ledger knows what was tried", async () => {
  const begin = candles.time[0] - HOUR,
    time = Array.from({ length: 3 * DAYS + 3 }, (_, i) => begin + 8 * HOUR * i);
  const funding = { time, rate: time.map((_, i) => i % 2 === 0 ? 0.004 : -0.001) };
  const options = { account: { fee: 0.0004 }, funding },
    sets = [{ fast: 5, slow: 20 }, { fast: 8, slow: 30 }];
  await inTempFolder(async (folder) => {
    const ledger = sqliteLedger(`${folder}/trials.sqlite`), metrics = { periodsPerYear: 250 };
    const found = await crossValidate(smaCross, candles, sets, {
      ...{ ...options, metrics, ledger, groups: 4, tested: 1, embargo: 0 },
    });
    const ran = sets.map((params) => {
      const worth = backtest(smaCross, candles, { ...options, params }).equity.column("equity");
      const ends = Array.from({ length: DAYS }, (_, day) => worth[24 * day + 23]);
      return ends.map((end, day) => end / (day === 0 ? 10_000 : ends[day - 1]) - 1);
    });
    const [path] = found.paths;
    found.splits.forEach(({ params }, split) => {
      const set = sets.findIndex(({ fast }) => fast === params!.fast);
      for (let day = 30 * split; day < 30 * split + 30; day++) {
        near(path[day], ran[set][day], `day ${day}`);
      }
    });
    const mean = path.reduce((a, b) => a + b) / DAYS;
    const squares = path.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    near(found.sharpes[0], mean / Math.sqrt(squares / (DAYS - 1)) * Math.sqrt(250), "sharpe");
    near(
      found.table().rows[0].totalReturn,
      path.reduce((worth, one) => worth * (1 + one), 1) - 1,
      "return",
    );
    const rows = await ledger.rows();
    assert.deepEqual(rows.map(({ method, sets }) => [method, sets]), [["cross-validation", 2]]);
  });
});

Deno.test("two of ten groups are tested and a hundredth is embargoed, unless something else is said", async () => {
  const sets = [{ fast: 5, slow: 20 }];
  const trained = async (options: object) =>
    (await crossValidate(smaCross, candles, sets, options)).splits.map((
      { tested, trained },
    ) => [...tested, trained]);
  const usual = await trained({});
  assert.equal(usual.length, 45);
  assert.deepEqual(usual, await trained({ groups: 10, tested: 2, embargo: 0.01 }));
  assert.notDeepEqual(usual, await trained({ embargo: 0 }));
});

Deno.test("of equal sets the first is chosen", () => {
  const time = Float64Array.from({ length: 12 }, (_, day) => (day + 1) * 24 * HOUR);
  const returns = time.map((_, day) => day % 3 === 0 ? -0.01 : 0.02), spans = heldSpans([], time);
  const sets = [0.5, 1, 1, 1].map((part, n) => ({
    ...{ params: { n }, spans },
    returns: returns.map((one) => part * one - (1 - part) * 0.01),
  }));
  const cut = { groups: 3, tested: 1, embargo: 0 };
  const { splits } = validatedPaths(sets, time, cut, metricsSettings());
  assert.deepEqual(splits.map(({ params }) => params), [{ n: 1 }, { n: 1 }, { n: 1 }]);
});

Deno.test("a path without a ratio, or with one of 0, is no gain", () => {
  const time = Float64Array.of(1, 2, 3, 4).map((day) => day * 24 * HOUR);
  const paths = [[0.5, 0.5, -0.2, 0.1], [0, 0, 0, 0], [0.25, -0.25, 0.25, -0.25], [-0.1, 0, 0, 0]]
    .map((returns) => Float64Array.from(returns));
  const found = new CrossValidation(2, [], paths, time, metricsSettings());
  assert.equal(found.chanceOfLoss, 3 / 4);
  const returns = found.table().rows.map(({ totalReturn }) => totalReturn);
  // 1.5 × 1.5 × 0.8 × 1.1, and (1.25 × 0.75)².
  [0.98, 0, 0.87890625 - 1, -0.1].forEach((expected, i) => near(returns[i], expected, `path ${i}`));
});
