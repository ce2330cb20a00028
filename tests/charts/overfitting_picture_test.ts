/** What is drawn of the ways of halving a search's days. */
import assert from "node:assert/strict";
import { clusters } from "../../engine/charts/clusters.ts";
import { overfittingHalves } from "../../engine/charts/overfitting_halves.ts";
import { trendOf } from "../../engine/charts/trend.ts";
import { backtestOverfitting } from "../../engine/research/overfitting/backtest_overfitting.ts";
import { searchReturns } from "../../engine/research/overfitting/search_returns.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { periodEquity } from "../../engine/metrics/period_equity.ts";
import { periodReturns } from "../../engine/metrics/period_returns.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { Candles } from "../../engine/market/candles.ts";
import { judgeSearch } from "../../engine/research/overfitting/judge_search.ts";
import { sweep } from "../../engine/search/sweep.ts";
import smaCross from "../../strategies/sma_cross.ts";
import { waves } from "../research/waves.ts";
import { optionOf, seriesOf } from "./drawn.ts";

const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 60);
const found = await sweep(smaCross, candles, { fast: "2..20:3", slow: "25..100:25" });
const option = optionOf(overfittingHalves(found), { interactive: true });
const { probability, logits, inSample, outOfSample } = backtestOverfitting(searchReturns(found));
type Data = { value: [number, number]; lines: string[] }[];
const data = (name: string) => seriesOf(option, name)[0].data as unknown as Data;
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a}, not ${b}`);

Deno.test("bars are shares of all ways; those below the middle add up to the probability", () => {
  const sum = (name: string) => data(name).reduce((sum, { value }) => sum + value[1], 0);
  near(sum("below the middle"), 100 * probability);
  near(sum("above it"), 100 * (1 - probability));
  assert.ok(probability > 0 && probability < 1);
  const inBin = logits.filter((logit) => logit >= 0.5 && logit < 1).length;
  const bins = data("above it").filter(({ value: [at] }) => at > 0.5 && at < 1);
  near(bins.reduce((sum, { value }) => sum + value[1], 0), 100 * inBin / logits.length);
});

Deno.test("what is exactly in the middle counts as half below it", async () => {
  // Of three sets the second one is in the middle: its logit is 0.
  const three = await sweep(smaCross, candles, { fast: [5, 10, 15] });
  const own = backtestOverfitting(searchReturns(three)), drawn = optionOf(overfittingHalves(three));
  assert.ok(own.logits.includes(0));
  const bars = seriesOf(drawn, "below the middle")[0].data as unknown as Data;
  const below = own.logits.filter((logit) => logit < 0).length;
  const middle = own.logits.filter((logit) => logit === 0).length;
  near(own.probability, (below + middle / 2) / own.logits.length);
  near(bars.reduce((sum, { value }) => sum + value[1], 0), 100 * own.probability);
});

Deno.test("dots have all ways in them, at Sharpe ratios a year, losses apart from gains", () => {
  const ways = (name: string) =>
    data(name).map(({ lines }) => Number(/^(\d+) way/.exec(lines[1])![1]));
  const total = (name: string) => ways(name).reduce((a, b) => a + b, 0);
  assert.equal(total("lost"), outOfSample.filter((ratio) => ratio < 0).length);
  assert.equal(total("lost") + total("earned"), logits.length);
  for (const name of ["lost", "earned"]) {
    const own = [...outOfSample.keys()].filter((i) => outOfSample[i] < 0 === (name === "lost"));
    for (const [at, ratios] of [[0, inSample], [1, outOfSample]] as const) {
      const mean = own.reduce((sum, i) => sum + ratios[i], 0) / own.length;
      const drawn = data(name).reduce((sum, { value }, i) => sum + value[at] * ways(name)[i], 0);
      near(drawn / own.length, mean * Math.sqrt(365));
    }
  }
});

Deno.test("the text tells the probability and how many ways there are", () => {
  const percent = `${(100 * probability).toFixed(2)}%`;
  assert.ok(`${overfittingHalves(found)}`.includes(`Probability of overfitting ${percent} ·`));
  assert.match(`${overfittingHalves(found)}`, /28 sets tried · 12,870 ways of halving 60 days/);
});

Deno.test("points that lie together are one, at their middle, but none lies across 0", () => {
  const place = {
    x: { low: 0, high: 100 },
    y: { low: -50, high: 50 },
    box: { left: 0, top: 0, width: 100, height: 100 },
  };
  const x = Float64Array.of(10, 11, 50, 10), y = Float64Array.of(0.2, 0.4, 30, -0.2);
  assert.deepEqual(clusters(x, y, place), [
    { x: 10.5, y: 0.30000000000000004, count: 2 },
    { x: 50, y: 30, count: 1 },
    { x: 10, y: -0.2, count: 1 },
  ]);
});

Deno.test("the trend is the line of least squares", () => {
  // Anscombe's first set: y = 3.0 + 0.5 x, to the digits that he published.
  const x = Float64Array.of(10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5);
  const y = Float64Array.of(8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68);
  const { slope, level } = trendOf(x, y);
  assert.deepEqual([slope.toFixed(3), level.toFixed(2)], ["0.500", "3.00"]);
  assert.deepEqual(trendOf(Float64Array.of(1, 1), Float64Array.of(2, 4)), { slope: 0, level: 3 });
});

Deno.test("the returns of a search are those of its backtests, the best one's first", () => {
  const { columns, periods } = searchReturns(found);
  assert.deepEqual([columns.length, periods], [28, 60]);
  const { performance } = backtest(smaCross, candles, { params: found.parameters(0) });
  const own = periodReturns(performance.initialBalance, periodEquity(performance, "1d"));
  own.forEach((value, t) => assert.ok(Math.abs(columns[0][t] - value) < 1e-12));
});

Deno.test("candles of a day have a return each", async () => {
  const days = Candles.fromRows(
    "1d",
    waves(60).rows().map((row, i) => ({ ...row, time: (i + 1) * 86_400_000 })),
  );
  const daily = await sweep(smaCross, days, { fast: "2..5", slow: "6..9" });
  const { columns } = searchReturns(daily);
  assert.deepEqual(columns.map(({ length }) => length), new Array(16).fill(60));
  const { performance } = backtest(smaCross, days, { params: daily.parameters(0) });
  const own = periodReturns(performance.initialBalance, periodEquity(performance, "1d"));
  own.forEach((value, t) => assert.ok(Math.abs(columns[0][t] - value) < 1e-12));
  near(judgeSearch(daily).sharpe, daily.best[0].sharpe);
});

Deno.test("of many sets a thousand are compared, the best among them", async () => {
  const many = await sweep(smaCross, waves(24 * 12), { fast: "2..38", slow: "40..80" });
  assert.equal(many.length, 37 * 41);
  assert.equal(searchReturns(many).columns.length, 1_000);
  assert.match(`${overfittingHalves(many)}`, /1,517 sets tried · 1,000 compared · /);
});

Deno.test("one set cannot be overfitted, and fewer than eight days cannot be halved", async () => {
  const one = await sweep(smaCross, candles, { fast: 5 });
  assert.throws(() => overfittingHalves(one), /two sets or more/);
  const short = await sweep(smaCross, waves(24 * 7), { fast: "5..9" });
  assert.throws(() => overfittingHalves(short), /two and eight/);
});
