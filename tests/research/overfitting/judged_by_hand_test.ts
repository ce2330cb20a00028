/** Each number of a judgement from its formula, over backtests that are made one by one. */
import assert from "node:assert/strict";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import { normalCdf } from "../../../engine/metrics/normal_cdf.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { backtestOverfitting } from "../../../engine/research/overfitting/backtest_overfitting.ts";
import { expectedBestSharpe } from "../../../engine/research/overfitting/expected_best_sharpe.ts";
import { judgeSearch } from "../../../engine/research/overfitting/judge_search.ts";
import { luck } from "../../../engine/research/overfitting/luck.ts";
import { returnMatrix } from "../../../engine/research/overfitting/return_matrix.ts";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import cross from "../../../strategies/sma_cross.ts";

const DAYS = 150,
  candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * DAYS);
const account = { fee: 0.0002 };

/** 16 sets as half of all that were tried, and two of one that earlier searches add next to nothing to. */
const CASES = [
  { space: { fast: "5..20:5", slow: "30..60:10" }, own: 32, earlier: 5, riskFree: 0.1 },
  { space: { fast: [5], slow: [30, 31] }, own: 2, earlier: 0.01, riskFree: -0.6 },
];

/** Periods a year. */
const YEAR = 250;

const near = (found: number, expected: number, what: string) =>
  assert(
    Math.abs(found - expected) < 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${found}, not ${expected}`,
  );

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

/** Sharpe ratio of a period, and 1 − γ₃ SR + (γ₄ − 1) / 4 × SR². */
function measured(returns: readonly number[], free: number) {
  const middle = mean(returns),
    moment = (power: number) => mean(returns.map((one) => (one - middle) ** power));
  const ratio = (middle - free) / Math.sqrt(moment(2) * returns.length / (returns.length - 1));
  const skewness = moment(3) / moment(2) ** 1.5, kurtosis = moment(4) / moment(2) ** 2;
  return { ratio, spread: 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio ** 2 };
}

function daily(params: Record<string, number | string>): number[] {
  const worth = backtest(cross, candles, { params, account }).equity.column("equity");
  const ends = Array.from({ length: DAYS }, (_, day) => worth[24 * day + 23]);
  return ends.map((end, day) => end / (day === 0 ? 10_000 : ends[day - 1]) - 1);
}

/** Judges a search as if it had tried `own` sets, and earlier ones 30 more that counted as `earlier`. */
async function judged({ space, own, earlier, riskFree }: typeof CASES[number]) {
  const metrics = { periodsPerYear: YEAR, riskFree }, free = (1 + riskFree) ** (1 / YEAR) - 1;
  const found = await sweep(cross, candles, space, { account, metrics });
  const all = Array.from({ length: found.length }, (_, set) => daily(found.sets.at(set)));
  const ratios = all.map((returns) => measured(returns, free).ratio);
  const best = ratios.indexOf(Math.max(...ratios)), others = all.filter((_, set) => set !== best);
  const matrix = returnMatrix([all[best], ...others].map((one) => Float64Array.from(one)));
  const told: number[] = [];
  found.counted = {
    ...{ own, further: [{ count: 30, independent: earlier }] },
    ratios: { count: 10, sum: 5, squares: 20 },
    judged: (independent) => told.push(independent),
  };
  const drawn = luck(matrix, { random: seededRandom(20_140_731), riskFree: free });
  return { judgement: judgeSearch(found), best: all[best], matrix, told, drawn, free };
}

Deno.test("a judgement is what its formulas make of all that was tried", async () => {
  const records: boolean[] = [];
  for (const given of CASES) {
    const { own, earlier } = given;
    const { judgement, best, matrix, told, drawn, free } = await judged(given);
    const { ratio, spread } = measured(best, free), sets = matrix.columns.length;
    const ownTrials = drawn.trials * (own / sets) ** drawn.growth;
    const independent = ownTrials + earlier, deviates = 1 / Math.sqrt(DAYS - 1);
    near(told[0], ownTrials, "own independent ones");
    near(judgement.independent, independent, "independent");
    assert.deepEqual([judgement.tried, judgement.earlier, judgement.periods], [own + 30, 30, DAYS]);
    near(judgement.sharpe, ratio * Math.sqrt(YEAR), "sharpe");
    const expected = expectedBestSharpe(independent, deviates);
    near(judgement.expectedSharpe, expected * Math.sqrt(YEAR), "expected");
    const chance = (than: number) => normalCdf((ratio - than) * Math.sqrt((DAYS - 1) / spread));
    near(judgement.probabilisticSharpe, chance(0), "probabilistic");
    near(judgement.deflatedSharpe, chance(expected), "deflated");
    // Ten ratios a year of 365 days: 20 − 5² / 10 over nine; a day's are √365 times less.
    const deviation = Math.sqrt((20 - 2.5) / 9);
    near(judgement.deviation, deviation * Math.sqrt(YEAR / 365), "deviation");
    const plain = expectedBestSharpe(own + 30, deviation / Math.sqrt(365));
    near(judgement.deflatedByDeviation, chance(plain), "by deviation");
    const lucky = 1 - (1 - drawn.chance) ** (independent / drawn.trials);
    near(judgement.chanceOfLuck, lucky, "luck");
    const { probability } = backtestOverfitting(matrix, { riskFree: free });
    assert.equal(judgement.overfitting, probability);
    // Φ⁻¹(0.95), as tables have it.
    const record = 1 + spread * (1.6448536269514722 / (ratio - expected)) ** 2;
    const isKnown = ratio > expected;
    if (isKnown) near(judgement.minimumTrackRecord, record, "record");
    else assert(Number.isNaN(judgement.minimumTrackRecord));
    records.push(isKnown);
  }
  assert.deepEqual(records, [false, true]);
});

Deno.test("seven days are too few to judge by, eight are not", async () => {
  for (const days of [7, 8]) {
    const found = await sweep(cross, candles.slice(0, 24 * days), { fast: "2..4", slow: "5..7" }, {
      account,
    });
    const { sharpe, params, periods } = judgeSearch(found);
    assert.equal(periods, days);
    assert.equal(Number.isNaN(sharpe), days === 7);
    assert.equal(params === undefined, days === 7);
  }
});
