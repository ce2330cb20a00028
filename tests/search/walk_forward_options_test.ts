/** Walks forward with the options of a backtest, held to backtests that are made one by one. */
import assert from "node:assert/strict";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { Candles } from "../../engine/market/candles.ts";
import { backtest } from "../../engine/research/backtest.ts";
import { walkForward } from "../../engine/search/walk_forward.ts";
import { whole } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { lag } from "../../engine/series/mod.ts";
import { sqliteLedger } from "../../engine/storage/trials/sqlite_ledger.ts";
import { inTempFolder } from "../support/temp_folder.ts";

const HOUR = 3_600_000, DAY = 24 * HOUR;

/** From 05:00 on, so that the first whole day begins 19 hours later. */
const candles = (await readCandlesCsv("data/sample_candles_1h.csv.gz")).slice(5, 24 * 130 + 5);
const first = Math.ceil((candles.time[0] - HOUR) / DAY) * DAY;

/** Always in the market, long or short, so that every test ends with a position. */
const swing = strategy("swing", { back: whole(3) }, {
  build: ({ back }, { close }) => ({
    enterLong: close.above(lag(close, back)),
    enterShort: close.below(lag(close, back)),
  }),
});
const SETS = [2, 3, 5, 8].map((back) => ({ back }));

const near = (found: number, expected: number, what: string) =>
  assert(
    Math.abs(found - expected) < 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${found}, not ${expected}`,
  );

/** The deepest fall below the highest so far, beginning with `before`. */
function deepest(before: number, worths: readonly number[]): number {
  let peak = before, fall = 0;
  for (const worth of worths) fall = Math.min(fall, worth / (peak = Math.max(peak, worth)) - 1);
  return fall;
}

Deno.test("a walk forward trades with the account, candles, funding and years that it is told", async () => {
  const hours = Array.from({ length: 140 * 3 }, (_, i) => first - 2 * DAY + 8 * HOUR * i);
  const funding = { time: hours, rate: hours.map((_, i) => i % 5 === 0 ? -0.001 : 0.0004) };
  const common = { timeframe: "4h", funding } as const;
  const account = { fee: 0.0005, slippage: 0.0002, balance: 5_000 };
  const metrics = { period: "1w", periodsPerYear: 52 } as const;
  const seen: [number, number][] = [];
  const walked = await inTempFolder((folder) =>
    walkForward(swing, candles, SETS, {
      ...{ ...common, account, metrics, train: 40, test: 20 },
      ledger: sqliteLedger(`${folder}/trials.sqlite`),
      progress: (done, all) => seen.push([done, all]),
    })
  );
  assert.deepEqual(seen, [[1, 4], [2, 4], [3, 4], [4, 4]]);
  let balance = 5_000;
  const all: [time: number, worth: number][] = [];
  walked.folds.forEach((fold, n) => {
    assert.deepEqual([fold.trainFrom, fold.testTo], [
      first + 20 * n * DAY,
      first + 20 * (n + 3) * DAY,
    ]);
    const until = (to: number) => candles.between(-Infinity, to);
    const ratios = SETS.map((params) =>
      backtest(swing, until(fold.trainTo), { ...common, params, account, start: fold.trainFrom })
        .summary(metrics).sharpe
    );
    const best = ratios.indexOf(Math.max(...ratios));
    assert.deepEqual(fold.params, SETS[best]);
    near(fold.trained, ratios[best], "trained");
    const tried = backtest(swing, until(fold.testTo), {
      ...{ ...common, params: SETS[best], start: fold.testFrom },
      account: { ...account, balance },
    });
    const worths = [...tried.equity.column("equity")], { amount, side } = tried.open!;
    const cost = amount * tried.candles.close.at(-1)! * 0.0002;
    const fee = 0.0005 * (amount * tried.candles.close.at(-1)! - (side === "long" ? cost : -cost));
    worths[worths.length - 1] -= cost + fee;
    near(fold.totalReturn, worths.at(-1)! / balance - 1, "totalReturn");
    near(fold.maxDrawdown, deepest(balance, worths), "maxDrawdown");
    assert.equal(fold.trades, tried.trades.length);
    // All sets of this window, and those of the windows before, which are the same.
    assert.equal(fold.result.trials, 4);
    worths.forEach((worth, i) => all.push([tried.candles.time[i], worth]));
    balance = worths.at(-1)!;
  });
  near(walked.totalReturn, balance / 5_000 - 1, "totalReturn of all");
  near(walked.maxDrawdown, deepest(5_000, all.map(([, worth]) => worth)), "maxDrawdown of all");
  const equity = walked.equity.column("equity");
  all.forEach(([, worth], i) => near(equity[i], worth, "equity"));
  assert.deepEqual([walked.balance, equity.length], [5_000, all.length]);
  // Weeks end on Mondays, 1970 began on a Thursday; each is one return, whoever shares it.
  const week = (time: number) => Math.ceil((time - 4 * DAY) / (7 * DAY));
  const ends = all.filter(([time], i) => i + 1 === all.length || week(time) < week(all[i + 1][0]));
  const returns = ends.map(([, worth], i) => worth / (i === 0 ? 5_000 : ends[i - 1][1]) - 1);
  assert([12, 13].includes(returns.length), `${returns.length}`);
  const mean = returns.reduce((a, b) => a + b) / returns.length;
  const squares = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  near(walked.sharpe, mean / Math.sqrt(squares / (returns.length - 1)) * Math.sqrt(52), "sharpe");
});

/** Closes of days; each opens at the close before. */
function days(closes: readonly number[]): Candles {
  return Candles.fromRows(
    "1d",
    closes.map((close, i) => {
      const open = i === 0 ? close : closes[i - 1], trades = 1, kind = "traded" as const;
      const [high, low] = [Math.max(open, close), Math.min(open, close)];
      return { time: Date.UTC(2024, 0, i + 2), open, high, low, close, volume: 1, trades, kind };
    }),
  );
}

const shorter = strategy("shorter", { level: whole(1) }, {
  build: ({ level }, { close }) => ({
    enterShort: close.above(level),
    exitShort: close.below(level),
  }),
});

Deno.test("what was lost in one test is not there in the next: ruin ends the walk", async () => {
  const closes = [100, 101, 99, 100, 100, 90, 500, 600, 100, 101, 102, 103];
  const options = { train: 4, test: 4, account: { fee: 0, shorts: true } };
  const walked = await walkForward(shorter, days(closes), { level: [1, 2] }, options);
  assert.equal(walked.folds.length, 1);
  assert.deepEqual([walked.totalReturn, walked.maxDrawdown, walked.folds[0].maxDrawdown], [
    -1,
    -1,
    -1,
  ]);
  // Sold at 100 behind the first day: 10,000, then 11,000, then nothing.
  assert.deepEqual([...walked.equity.column("equity")], [10_000, 11_000, 0, 0]);
});

Deno.test("a test begins with the money from before its first candle", async () => {
  const closes = [100, 101, 102, 100, 200, 200, 200, 200];
  const account = { fee: 0.01, shorts: true, fill: "close", sizing: "units", size: 10 } as const;
  const options = { train: 4, test: 4, account };
  const walked = await walkForward(shorter, days(closes), { level: [1, 2] }, options);
  // Sold and bought back at 200, for 20 each time; the first on the first candle's close.
  assert.deepEqual([...walked.equity.column("equity")], [9_980, 9_980, 9_980, 9_960]);
  const { totalReturn, maxDrawdown, folds: [fold] } = walked;
  for (const found of [totalReturn, maxDrawdown, fold.totalReturn, fold.maxDrawdown]) {
    near(found, -0.004, "4 in 1,000");
  }
});
