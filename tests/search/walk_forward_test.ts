import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { Candles } from "../../engine/market/candles.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { gridSets } from "../../engine/research/sweep/parameter_sets.ts";
import { walkForward } from "../../engine/search/walk_forward.ts";
import smaCross from "../../strategies/sma_cross.ts";

const SPACE = { fast: "5..15:5", slow: "20..60:20" }, DAY = 86_400_000;

const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 200);

Deno.test("each test is of the set that was best before it, chosen by brute force", async () => {
  const { folds, totalReturn } = await walkForward(smaCross, candles, SPACE, {
    train: 80,
    test: 30,
    gap: 1,
  });
  assert.equal(folds.length, 4);
  const sets = gridSets(smaCross, SPACE);
  let balance = 10_000, closed = 0;
  for (const { trainFrom, trainTo, testFrom, testTo, params, ...fold } of folds) {
    assert.equal(trainTo - trainFrom, 80 * DAY);
    assert.equal(testFrom, trainTo + DAY);
    const known = candles.between(-Infinity, trainTo);
    const ratios = Array.from(
      { length: sets.length },
      (_, set) =>
        backtest(smaCross, known, { params: sets.at(set), start: trainFrom }).summary().sharpe,
    );
    assert.deepEqual(params, sets.at(ratios.indexOf(Math.max(...ratios))));
    assert(Math.abs(fold.trained - Math.max(...ratios)) < 1e-12);
    const tried = backtest(smaCross, candles.between(-Infinity, testTo), {
      params,
      start: testFrom,
      account: { balance },
    });
    // What is left open is sold at the last close, for the fee of 0.1 %.
    const { open, candles: { close } } = tried;
    const cost = open === undefined ? 0 : 0.001 * open.amount * close[close.length - 1];
    const end = tried.summary().finalEquity - cost;
    assert(Math.abs(fold.totalReturn - (end / balance - 1)) < 1e-12);
    closed += cost > 0 ? 1 : 0;
    balance = end;
  }
  assert(Math.abs(totalReturn - (balance / 10_000 - 1)) < 1e-12);
  assert(closed > 0, "some test must leave a position open");
});

Deno.test("what comes later changes nothing of what was chosen and tried before", async () => {
  const options = { train: 80, test: 30, anchored: true };
  const { folds } = await walkForward(smaCross, candles, SPACE, options), [first] = folds;
  assert(folds.every(({ trainFrom }) => trainFrom === first.trainFrom));
  const rows = candles.rows().map((row) =>
    row.time <= folds[1].testTo ? row : { ...row, close: row.low, open: row.high }
  );
  const other = await walkForward(smaCross, Candles.fromRows("1h", rows), SPACE, options);
  const told = (fold: typeof first) => ({ ...fold, result: undefined });
  assert.deepEqual(other.folds.slice(0, 2).map(told), folds.slice(0, 2).map(told));
  assert.notDeepEqual(told(other.folds[3]), told(folds[3]));
});

Deno.test("a walk forward wants spans that the candles hold", async () => {
  for (
    const [train, test, said] of [[300, 30, /do not fit/], [0, 30, /train is 0/], [
      30,
      NaN,
      /test is NaN/,
    ]] as const
  ) {
    await assert.rejects(walkForward(smaCross, candles, SPACE, { train, test }), said);
  }
});
