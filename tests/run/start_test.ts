import assert from "node:assert/strict";
import type { ClosedTrade, Signal } from "../../engine/account/ledger.ts";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { openTime } from "../../engine/market/timeframe.ts";
import { decideCandles } from "../../engine/run/decide_candles.ts";
import { Run, type RunSpec } from "../../engine/run/run.ts";
import smaCross from "../../strategies/sma_cross.ts";
import emaCross from "../../strategies/ema_cross.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { evaluateAll } from "../series/evaluate.ts";

const CANDLES = madeCandles({ rows: 3_000, seed: 71 }), ROWS = CANDLES.length;

const SPEC: RunSpec = {
  strategy: smaCross,
  parameters: { fast: 5, slow: 20 },
  account: DEFAULT_ACCOUNT,
  timeframe: "1m",
  decimals: 2,
};

function run(spec: Partial<RunSpec>, from = 0) {
  const decided = decideCandles(new Run({ ...SPEC, ...spec }).driver, CANDLES, { from });
  const { candles, signals, trades, curve: { equity } } = decided;
  assert.equal(equity.length, candles.length);
  assert.deepEqual(candles.time, CANDLES.time.slice(ROWS - candles.length));
  return { acted: candles.length, signals: signals.rows, trades: trades.rows, equity };
}

for (const first of [1, 19, 1_000, 2_999]) {
  Deno.test(`The account acts from the start on (row ${first}), and counts the rows it acted on`, () => {
    const start = openTime(CANDLES.time[first], "1m");
    for (const chunk of [1, 64, 4_096]) {
      const { acted, signals, trades, equity } = run({ start, chunk });
      assert.equal(acted, ROWS - first);
      assert(signals.every(({ time }) => time > start));
      assert(trades.every(({ entryTime }) => entryTime > start));
      assert.equal(equity[0], DEFAULT_ACCOUNT.balance);
    }
  });
}

Deno.test("Indicators are warm at the start: signals are those of a run over everything", () => {
  const start = openTime(CANDLES.time[1_000], "1m"), all = run({}).signals;
  const later = run({ start }).signals, cold = run({ start }, 1_000).signals;
  const enters = (signals: Signal[]) => signals.filter(({ action }) => action === "enterLong");
  const expected = enters(all).filter(({ time }) => time > start);
  assert.deepStrictEqual(enters(later), expected);
  assert(later[0].values.steady === later[0].values.steady);
  assert(cold[0].time > start + 20 * 60_000, "a cold run would know no slow average yet");
});

Deno.test("A start between two candles waits for the next that opens at or after it", () => {
  const boundary = openTime(CANDLES.time[500], "1m");
  assert.equal(run({ start: boundary }).acted, ROWS - 500);
  assert.equal(run({ start: boundary + 1 }).acted, ROWS - 501);
  assert.equal(run({ start: boundary - 1 }).acted, ROWS - 500);
  assert.equal(run({ start: 0 }).acted, ROWS);
  assert.equal(run({ start: CANDLES.time[ROWS - 1] }).acted, 0);
});

Deno.test("Signals carry the strategy's named series of their row", () => {
  const { signals } = run({}), columns = evaluateAll(smaCross.series, CANDLES, SPEC.parameters);
  const rows = new Map(Array.from(CANDLES.time, (time, i) => [time, i]));
  assert(signals.length > 50);
  for (const { time, values, price } of signals) {
    const row = rows.get(time)!;
    const expected = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, column[row]]),
    );
    assert.deepStrictEqual(values, expected);
    assert.equal(price, CANDLES.close[row]);
  }
});

Deno.test("Signals are the crosses of exact averages, each filled at the next open", () => {
  const mean = (i: number, window: number) => {
    let ticks = 0;
    for (let j = i - window + 1; j <= i; j++) ticks += Math.round(CANDLES.close[j] * 100);
    return ticks / window;
  };
  const expected: [number, string][] = [];
  let side = 0, isLong = false;
  for (let i = 19; i < ROWS; i++) {
    const gap = mean(i, 5) * 20 - mean(i, 20) * 20, now = Math.sign(Math.round(gap * 20));
    if (now === 0) continue;
    if (side === -now && (now > 0) !== isLong) {
      isLong = now > 0;
      expected.push([CANDLES.time[i], isLong ? "enterLong" : "exitLong"]);
    }
    side = now;
  }
  const { signals, trades } = run({});
  assert.deepEqual(signals.map(({ time, action }) => [time, action]), expected);
  const rows = new Map(Array.from(CANDLES.time, (time, i) => [time, i]));
  trades.forEach((trade, n) => {
    const row = rows.get(signals[2 * n].time)! + 1;
    assert.equal(trade.entryPrice, CANDLES.open[row]);
    assert.equal(trade.entryTime, openTime(CANDLES.time[row], "1m"));
  });
});

Deno.test("A run of nothing is nothing, and rows can come one at a time or all at once", () => {
  const once = run({}), { driver } = new Run(SPEC), trades: ClosedTrade[] = [];
  const equity = new Float64Array(ROWS);
  assert.equal(decideCandles(driver, CANDLES, { to: 0 }).candles.length, 0);
  for (let i = 0; i < ROWS; i++) {
    const { candles, curve, trades: { rows } } = decideCandles(driver, CANDLES, {
      from: i,
      to: i + 1,
    });
    assert.deepEqual(candles.time, CANDLES.time.slice(i, i + 1));
    equity.set(curve.equity, i);
    trades.push(...rows);
  }
  assert.deepStrictEqual(trades, once.trades);
  assertSameBits(equity, once.equity, "equity");
});

Deno.test("What cannot be run is refused when the run is made", () => {
  const refused = (spec: Partial<RunSpec>, message: RegExp) =>
    assert.throws(() => new Run({ ...SPEC, ...spec }), { name: "InputError", message });
  refused(
    { strategy: emaCross, parameters: {} },
    /^ema_cross sells short, but the account may not/,
  );
  refused({ parameters: { fast: 30, slow: 20 } }, /does not allow fast 30, slow 20/);
  refused({ parameters: { fsat: 3 } }, /did you mean "fast"\?/);
  refused({ parameters: { fast: 2.5 } }, /fast is 2\.5, but must be a whole number/);
  for (const stopLoss of [0, 1, 1.5, -0.1, NaN]) {
    refused(
      { strategy: { ...smaCross, stops: { stopLoss } } },
      /^stopLoss is .*above 0 and below 1$/,
    );
  }
  for (const takeProfit of [0, -1, Infinity, NaN]) {
    refused({ strategy: { ...smaCross, stops: { takeProfit } } }, /^takeProfit is .*above 0$/);
  }
});
