import assert from "node:assert/strict";
import { sweepJson } from "../../../engine/cli/sweep_output.ts";
import { readCandlesCsv } from "../../../engine/market/candles_csv.ts";
import type { MetricsOptions } from "../../../engine/metrics/settings.ts";
import { judgeSearch } from "../../../engine/research/overfitting/judge_search.ts";
import { judgementText } from "../../../engine/research/overfitting/judgement_text.ts";
import { sweep } from "../../../engine/search/sweep.ts";
import { sqliteLedger } from "../../../engine/storage/trials/sqlite_ledger.ts";
import cross from "../../../strategies/sma_cross.ts";
import { inTempFolder } from "../../support/temp_folder.ts";

const CANDLES = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 200);
const SPACE = { fast: "5..20:5", slow: "30..60:10" };

const near = (a: number, b: number) => assert(Math.abs(a - b) < 1e-9, `${a}, not ${b}`);

function deviation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1));
}

async function judged(metrics: MetricsOptions) {
  const found = await sweep(cross, CANDLES, SPACE, { metrics, account: { fee: 0 } });
  return { found, judgement: judgeSearch(found) };
}

Deno.test("what is judged is the best by Sharpe, and is named, whatever the search was ranked by", async () => {
  const found = await sweep(cross, CANDLES, SPACE, { rank: "trades", account: { fee: 0.01 } });
  const ratios = [...found.column("sharpe")];
  const { fast, slow } = found.sets.at(ratios.indexOf(Math.max(...ratios)));
  assert.notDeepEqual(found.parameters(), { fast, slow });
  const judgement = judgeSearch(found);
  assert.deepEqual(judgement.params, { fast, slow });
  const named = `Of 16 sets tried, the best by Sharpe (fast ${fast}, slow ${slow}) is what luck`;
  assert(judgementText(judgement)[0].startsWith(named), judgementText(judgement)[0]);
  assert.deepEqual(JSON.parse(sweepJson(found, judgement)).judgement.params, { fast, slow });
});

Deno.test("all ratios of a judgement are on the scale of the search's own, and chances on none", async () => {
  const usual = await judged({});
  for (const periodsPerYear of [252, 12]) {
    const { found, judgement } = await judged({ periodsPerYear });
    near(judgement.sharpe, found.best[0].sharpe);
    near(judgement.deviation, deviation([...found.column("sharpe")]));
    const scale = Math.sqrt(periodsPerYear / 365);
    near(judgement.sharpe, usual.judgement.sharpe * scale);
    near(judgement.expectedSharpe, usual.judgement.expectedSharpe * scale);
    near(judgement.neighbours.median, usual.judgement.neighbours.median * scale);
    near(judgement.deflatedByDeviation, usual.judgement.deflatedByDeviation);
    near(judgement.deflatedSharpe, usual.judgement.deflatedSharpe);
  }
  // Hours, of which a year has 8,760, are judged by days, of which it has 365.
  const hourly = (await judged({ period: "1h" })).judgement;
  assert(Math.abs(hourly.sharpe / usual.judgement.sharpe - 1) < 0.2, `${hourly.sharpe}`);
});

Deno.test("ratios of one ledger compare, by whatever years its searches counted", async () => {
  await inTempFolder(async (folder) => {
    const ledger = sqliteLedger(`${folder}/trials.sqlite`), account = { fee: 0 };
    const metrics = { periodsPerYear: 252 };
    const early = await sweep(cross, CANDLES, { fast: "5..8" }, { ledger, account, metrics });
    const late = await sweep(cross, CANDLES, { fast: "9..12" }, { ledger, account });
    const years = Math.sqrt(365 / 252);
    const all = [...late.column("sharpe"), ...early.column("sharpe").map((one) => one * years)];
    assert.equal(judgeSearch(late).tried, 8);
    near(judgeSearch(late).deviation, deviation(all));
  });
});

Deno.test("what is free of risk is no skill: the chance of luck rises with it", async () => {
  const chances: number[] = [];
  for (const riskFree of [0, 1, 20]) {
    const { judgement } = await judged({ riskFree });
    chances.push(judgement.chanceOfLuck);
  }
  assert(chances[0] < chances[1] && chances[1] < chances[2], `${chances}`);
});

Deno.test("a finer grid over the same region is more of the same, compared as a whole or not", async () => {
  const rough = await sweep(cross, CANDLES, { fast: "5..24", slow: "30..128:2" }, {
    account: { fee: 0 },
  });
  const fine = await sweep(cross, CANDLES, { fast: "5..24", slow: "30..129" }, {
    account: { fee: 0 },
  });
  assert.deepEqual([rough.length, fine.length], [1_000, 2_000]);
  const some = judgeSearch(rough), all = judgeSearch(fine);
  assert(all.independent < 1.3 * some.independent, `${all.independent}, ${some.independent}`);
  assert(all.independent > some.independent / 1.3, `${all.independent}, ${some.independent}`);
});

Deno.test("a best that closed a few trades only is told to be one", async () => {
  const often = await judged({});
  assert(often.judgement.trades >= 30);
  assert(!judgementText(often.judgement).some((line) => line.includes("so few")));
  const few = { ...often.judgement, trades: 4 };
  assert.equal(
    judgementText(few).at(-1),
    "It closed 4 trades: so few tell little, whatever their days say.",
  );
});
