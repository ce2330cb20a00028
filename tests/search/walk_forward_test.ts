import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { Candles } from "../../engine/market/candles.ts";
import { InputError } from "../../engine/market/errors.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { gridSets } from "../../engine/research/sweep/parameter_sets.ts";
import { walkForward } from "../../engine/search/walk_forward.ts";
import { walkForwardSpans } from "../../engine/search/walk_forward_spans.ts";
import type { WalkForward } from "../../engine/search/walk_forward_result.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import smaCross from "../../strategies/sma_cross.ts";

const SPACE = { fast: "5..15:5", slow: "20..60:20" }, DAY = 86_400_000;

const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(0, 24 * 200);

Deno.test("each test is of the set that was best before it, chosen by brute force", async () => {
  const walked = await walkForward(smaCross, candles, SPACE, { train: 80, test: 30, gap: 1 });
  const { folds, totalReturn } = walked, worths: number[] = [];
  assert.equal(folds.length, 4);
  const sets = gridSets(smaCross, SPACE);
  let balance = 10_000, closed = 0;
  for (const { trainFrom, trainTo, testFrom, testTo, params, ...fold } of folds) {
    assert.equal(trainTo - trainFrom, 80 * DAY);
    assert.equal(testFrom, trainTo + DAY);
    const known = candles.between(-Infinity, trainTo);
    const summaries = Array.from(
      { length: sets.length },
      (_, set) => backtest(smaCross, known, { params: sets.at(set), start: trainFrom }).summary(),
    );
    const ratios = summaries.map(({ sharpe }) => sharpe);
    const best = summaries[ratios.indexOf(Math.max(...ratios))];
    assert(Math.abs(fold.inSample.totalReturn - best.totalReturn) < 1e-12);
    assert(Math.abs(fold.inSample.maxDrawdown - best.maxDrawdown) < 1e-12);
    assert.equal(fold.inSample.trades, best.trades);
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
    const worth = tried.equity.column("equity");
    worths.push(...worth.slice(0, -1), worth[worth.length - 1] - cost);
    balance = end;
  }
  assert(Math.abs(totalReturn - (balance / 10_000 - 1)) < 1e-12);
  assert(closed > 0, "some test must leave a position open");
  checkStitched(walked, worths);
});

/** All tests as one, from the equity behind each of their candles. */
function checkStitched(walked: WalkForward, worths: readonly number[]) {
  const equity = walked.equity.column("equity"), time = walked.equity.column("time");
  assert.equal(equity.length, worths.length);
  worths.forEach((worth, i) => assert(Math.abs(equity[i] / worth - 1) < 1e-12));
  let peak = 10_000, lowest = 0;
  for (const worth of worths) lowest = Math.min(lowest, worth / (peak = Math.max(peak, worth)) - 1);
  assert(Math.abs(walked.maxDrawdown - lowest) < 1e-12);
  const ends = worths.filter((_, i) => time[i] % DAY === 0);
  const returns = ends.map((worth, i) => worth / (i === 0 ? 10_000 : ends[i - 1]) - 1);
  const mean = returns.reduce((a, b) => a + b) / returns.length;
  const squares = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const ratio = mean / Math.sqrt(squares / (returns.length - 1)) * Math.sqrt(365);
  assert(Math.abs(walked.sharpe - ratio) < 1e-9, `${walked.sharpe} and not ${ratio}`);
  const trained = walked.folds.reduce((sum, fold) => sum + fold.trained, 0) / walked.folds.length;
  if (trained > 0) assert(Math.abs(walked.efficiency - ratio / trained) < 1e-9);
  const rows = walked.table().rows;
  assert.equal(rows.length, walked.folds.length);
  assert.equal(rows[0].sharpeIn, walked.folds[0].trained);
  assert.equal(rows[0].sharpeOut, walked.folds[0].sharpe);
  assert.equal(walked.trades, rows.reduce((sum, { tradesOut }) => sum + tradesOut, 0));
}

/** Opens, closes and volumes of days of which the first four are for training. */
const DAYS: readonly (readonly [open: number, close: number, volume: number])[] = [
  ...[[90, 95, 99], [95, 92, 99], [92, 97, 99], [97, 100, 99]] as const,
  ...[[100, 100, 100], [100, 150, 100], [150, 180, 100], [180, 200, 50]] as const,
  ...[[200, 200, 100], [200, 170, 100], [170, 160, 100], [160, 150, 5]] as const,
];

const holder = strategy("holder", { level: whole(1) }, {
  build: ({ level }, { close }) => ({
    enterLong: close.above(level),
    exitLong: close.below(level),
  }),
});

Deno.test("what a test leaves open costs what every exit costs, worked by hand", async () => {
  const rows = DAYS.map(([open, close, volume], i) => ({
    ...{ time: Date.UTC(2024, 0, i + 2), open, close, volume, trades: 1, kind: "traded" as const },
    ...{ high: Math.max(open, close), low: Math.min(open, close) },
  }));
  const { folds, totalReturn } = await walkForward(
    holder,
    Candles.fromRows("1d", rows),
    { level: [1, 2] },
    {
      ...{ train: 4, test: 4 },
      account: {
        ...{ fee: 0.01, fixedFee: 1, slippage: 0.01, spread: 0.02, impact: 0.1 },
        ...{ sizing: "units", size: 10 },
      },
    },
  );
  // In at 100, 3 % worse (10 of 100): 1,030 + 10.30 + 1. Out at 200, 4 % worse (10 of 50): 1,920 − 19.20 − 1.
  const first = 10_000 - 1_041.3 + 1_899.8;
  // In at 200, 3 % worse: 2,060 + 20.60 + 1. Out at 150, 12 % worse (all of 5): 1,320 − 13.20 − 1.
  const second = first - 2_081.6 + 1_305.8;
  const returns = folds.map((fold) => fold.totalReturn);
  assert.equal(returns.length, 2);
  assert(Math.abs(returns[0] - (first / 10_000 - 1)) < 1e-12, `${returns[0]}`);
  assert(Math.abs(returns[1] - (second / first - 1)) < 1e-12, `${returns[1]}`);
  assert(Math.abs(totalReturn - (second / 10_000 - 1)) < 1e-12, `${totalReturn}`);
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

Deno.test("a walk forward wants whole days that the candles hold, as its command does", async () => {
  const refused = async (options: object, said: RegExp) => {
    const asked = { train: 30, test: 30, ...options };
    await assert.rejects(walkForward(smaCross, candles, SPACE, asked), (error) => {
      assert(error instanceof InputError, `${error}`);
      assert.match(error.message, said);
      return true;
    });
  };
  for (const name of ["train", "test", "gap"]) {
    const least = name === "gap" ? 0 : 1;
    const rule = `but must be a whole number of days, ${least} or more`;
    for (const days of [0.3, 1.5, least - 1, -30, NaN, Infinity, -Infinity, 1e-300]) {
      await refused({ [name]: days }, new RegExp(`${name} is ${days}, ${rule}`));
    }
    await refused({ [name]: "30" }, new RegExp(`${name} is the text "30", ${rule}`));
  }
  await refused({ train: undefined }, /train is undefined, but must/);
  for (const much of [{ train: 300 }, { test: 1_000 }, { gap: 171 }, { train: 1e300 }]) {
    await refused(much, /days of training and \d+.* of test do not fit between 2/);
  }
  for (const name of ["start", "saved", "keep"]) {
    await refused({ [name]: 1 }, new RegExp(`walkForward sets ${name} itself`));
  }
});

Deno.test("windows lie as worked by hand", () => {
  const at = (day: number) => day * DAY;
  const laid = (options: object) =>
    walkForwardSpans({
      ...{ begin: at(100), end: at(130), train: 10, test: 6, gap: 1, anchored: false },
      ...options,
    }).map(({ trainFrom, trainTo, testFrom, testTo }) =>
      [trainFrom, trainTo, testFrom, testTo].map((time) => time / DAY)
    );
  const rolling = [[100, 110, 111, 117], [106, 116, 117, 123], [112, 122, 123, 129]];
  assert.deepEqual(laid({}), rolling);
  assert.deepEqual(laid({ anchored: true }), rolling.map(([, ...rest]) => [100, ...rest]));
  // A last test is tried from half of its length on.
  assert.deepEqual(laid({ end: at(132) }), [...rolling, [118, 128, 129, 132]]);
  assert.deepEqual(laid({ end: at(132) - 1 }), rolling);
  assert.deepEqual(laid({ end: at(129) }), rolling);
  assert.deepEqual(laid({ end: at(114) }), [[100, 110, 111, 114]]);
  assert.deepEqual(laid({ end: at(116), gap: 0 }), [[100, 110, 110, 116]]);
});

/** Closes of four days of training, and of tests of four days each. */
const walkedDays = (closes: readonly number[], account: object) => {
  const rows = closes.map((close, i) => ({
    ...{ time: Date.UTC(2024, 0, i + 2), open: close, high: close, low: close, close, volume: 9 },
    ...{ trades: 1, kind: "traded" as const },
  }));
  const options = { train: 4, test: 4, account: { fee: 0, ...account } };
  return walkForward(holder, Candles.fromRows("1d", rows), { level: [1, 2] }, options);
};

Deno.test("a walk forward that its account's drawdown limit ended trades no more", async () => {
  // Bought at 100 at the second day of each test: 8 % are lost in the first, 8 % of the rest in the second.
  const test = [100, 100, 100, 92], rising = [100, 100, 150, 200];
  const closes = [...test, ...test, ...test, ...rising, ...rising];
  const walked = await walkedDays(closes, { maxDrawdown: 0.1 });
  const equity = [...walked.equity.column("equity")].map((one) => Math.round(one));
  assert.deepEqual(
    equity,
    [10_000, 10_000, 10_000, 9_200, 9_200, 9_200, 9_200, 8_464]
      .concat(Array(8).fill(8_464)),
  );
  assert.deepEqual(walked.notes, [
    "the account's protection (maxDrawdown) ended all trading in window 2 of 4: the windows behind it " +
    "hold nothing",
  ]);
  const free = await walkedDays(closes, { maxDrawdown: 0.2 });
  assert.deepEqual(free.notes, []);
  assert.equal(Math.round(free.equity.column("equity").at(-1)!), 8_464 * 4);
});

Deno.test("losses in a row are counted over all tests, those that their ends closed among them", async () => {
  const falling = [100, 100, 100, 92], closes = Array(5).fill(falling).flat();
  const walked = await walkedDays(closes, { maxLossesInRow: 3 });
  assert.equal(Math.round(walked.equity.column("equity").at(-1)!), Math.round(10_000 * 0.92 ** 3));
  assert.match(walked.notes[0], /\(maxLossesInRow\) ended all trading in window 3 of 4: /);
});

Deno.test("a stitched account stops where one account would, on real hours", async () => {
  for (const maxDrawdown of [0.05, 0.1]) {
    const options = { train: 40, test: 20, account: { maxDrawdown } };
    const { equity, folds } = await walkForward(smaCross, candles, SPACE, options);
    const worth = equity.column("equity"), time = equity.column("time");
    let peak = 10_000, row = 0;
    for (; row < worth.length && worth[row] > peak * (1 - maxDrawdown); row++) {
      peak = Math.max(peak, worth[row]);
    }
    assert(row < worth.length, "the limit must be met");
    // Sold at the next open; nothing is held behind it.
    assert.equal(new Set(worth.slice(row + 1)).size, 1);
    const entries = folds.flatMap(({ result }) =>
      result.trades.rows.map(({ entryTime }) => entryTime)
    );
    assert(entries.every((entered) => entered <= time[row]));
  }
});

Deno.test("days that no test covers are told", async () => {
  const noted = async (days: number) => {
    const cut = candles.slice(0, 24 * days), options = { train: 60, test: 30 };
    return (await walkForward(smaCross, cut, { fast: [5], slow: [20] }, options)).notes;
  };
  const { time } = candles, first = Math.ceil((time[0] - 3_600_000) / DAY) * DAY;
  assert.equal(first, time[0] - 3_600_000, "the candles must begin with a day");
  assert.deepEqual(await noted(131), [
    "the last 11 days are in no test: less than half of a window of 30 days",
  ]);
  assert.deepEqual(await noted(120), []);
  assert.deepEqual(await noted(135), [
    "the last test is 15 days long, not 30: there the candles end",
  ]);
  assert.deepEqual(await noted(149.99), [
    "the last test is 29.9 days long, not 30: there the candles end",
  ]);
});
