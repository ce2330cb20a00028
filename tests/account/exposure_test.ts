import assert from "node:assert/strict";
import fc from "fast-check";
import "../../engine/research/evaluate.ts";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";

import { backtest } from "../../engine/research/backtest.ts";
import { backtestPortfolio } from "../../engine/research/backtest_portfolio.ts";
import { backtestSignals } from "../../engine/research/backtest_signals.ts";
import { close } from "../../engine/series/expression.ts";
import { clamp } from "../../engine/series/operators/math/clamp.ts";
import { deviation } from "../../engine/series/operators/statistics/deviation.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { type Built, strategy } from "../../engine/strategy/strategy.ts";
import { strategyText } from "../../engine/strategy/strategy_text.ts";
import { assertChunkLaw } from "../laws/chunk_law.ts";
import { runMachine } from "../laws/run_machine.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { accountRun } from "../support/account_run.ts";
import { assertProperty } from "../support/property.ts";
import { hours, still } from "./hours.ts";
import { type ExposureInput, naiveExposure } from "./naive_exposure.ts";

const FREE = { fee: 0, shorts: true, rebalanceThreshold: 0.1 };

/** Position behind each close. */
function held(prices: number[], exposure: number[], settings = {}): number[] {
  const candles = hours(...prices.map(still));
  const run = accountRun({ candles, signals: { exposure }, settings: { ...FREE, ...settings } });
  return Array.from(run.curve.position, (units) => Number(units.toFixed(9)));
}

Deno.test("an exposure is held from the next open on; 0 closes, unknown changes nothing", () => {
  // 10,000 at 100: half of it is 50 units.
  const position = held([100, 100, 100, 100, 100, 100], [0.5, NaN, 0, NaN, -0.25, 2]);
  assert.deepEqual(position, [0, 50, 50, 0, 0, -25]);
  // More than all is all.
  assert.deepEqual(held([100, 100, 100], [2, NaN, NaN]), [0, 100, 100]);
});

Deno.test("a position is brought to its exposure once it is off by more than the threshold", () => {
  // Half of 10,000 at the open of the second candle; at 240 the position is two thirds of 15,000, and
  // half of that is 31.25 units; at 100 it is 0.294 of 10,625, and half of that is 53.125.
  const prices = [100, 120, 240, 240, 100, 100], all = prices.map(() => 0.5);
  const first = Number((5_000 / 120).toFixed(9));
  assert.deepEqual(held(prices, all), [0, first, first, 31.25, 31.25, 53.125]);
  // A threshold that is not passed leaves it.
  assert.deepEqual(
    held(prices, all, { rebalanceThreshold: 0.3 }).slice(1, 6),
    Array(5).fill(
      Number(first.toFixed(9)),
    ),
  );
});

Deno.test("a short exposure is kept as a long one is: what it gained is sold short, too", () => {
  // 10,000 at 100: 100 units short, 20,000 of cash. At 50 the account is worth 15,000, which is 300 units;
  // at 60 it is worth 20,000 + 200 × 50 - 300 × 60 = 12,000, which is 200.
  const prices = [100, 100, 50, 50, 60, 60];
  assert.deepEqual(held(prices, prices.map(() => -1)), [0, -100, -100, -300, -300, -200]);
  // Half of it: 50 units and 15,000; at 50 it is worth 12,500, of which half is 125 units.
  assert.deepEqual(held([100, 100, 50, 50], [-0.5, NaN, -0.5, NaN]), [0, -50, -50, -125]);
});

Deno.test("what cannot be added, or taken off, is refused, and says why", () => {
  const refusals = (prices: number[], exposure: number[], settings: object) => {
    const candles = hours(...prices.map(still));
    const run = accountRun({ candles, signals: { exposure }, settings: { ...FREE, ...settings } });
    assert.equal(run.refusals.length, run.counts.refused);
    return run.refusals.map(({ side, price, reason }) => [side, price, reason]);
  };
  // 66 units at 150; at 100 the account is worth 6,700, and 0.9 of that is 60.3 of which lots are 30.
  const lots = { lot: 30, rebalanceThreshold: 0 };
  assert.deepEqual(refusals([100, 100, 150, 150], [0.9, NaN, 0.9, NaN], lots), [
    ["long", 150, "lot"],
  ]);
  // 50 units short; at 90 half of 10,500 is 58.33: 8.33 units at 90 are 750.
  const least = { minNotional: 800, rebalanceThreshold: 0.01 };
  assert.deepEqual(refusals([100, 100, 90, 90], [-0.5, NaN, -0.5, NaN], least), [
    ["short", 90, "minNotional"],
  ]);
  // The entry takes 8,000, its fee with it; the 2,000 that are left do not pay another one.
  const fee = { fixedFee: 4_500, rebalanceThreshold: 0.1 };
  assert.deepEqual(refusals([100, 100, 100], [0.8, 1, NaN], fee), [["long", 100, "cash"]]);
});

Deno.test("a spot account holds nothing where the exposure is negative", () => {
  assert.deepEqual(held([100, 100, 100, 100], [0.5, -1, -1, 1], { shorts: false }), [0, 50, 0, 0]);
});

Deno.test("it turns a position over in one go, and every change of size is part of the trade", () => {
  const candles = hours(...[100, 100, 100, 100, 100].map(still));
  const exposure = [1, 0.5, -0.5, 0, NaN];
  const run = accountRun({ candles, signals: { exposure }, settings: FREE });
  assert.deepEqual(
    run.fills.map(({ side, amount, reason }) => [side, amount, reason]),
    [
      ["buy", 100, "entry"],
      ["sell", 50, "rebalance"],
      ["sell", 50, "reversal"],
      ["sell", 50, "entry"],
      ["buy", 50, "signal"],
    ],
  );
  assert.deepEqual(run.trades.map(({ side, amount }) => [side, amount]), [["long", 100], [
    "short",
    50,
  ]]);
  assert.deepEqual(
    run.signals.map(({ signal }) => signal.action),
    ["enterLong", "reduceLong", "reverseToShort", "exitShort"],
  );
});

const inputs: fc.Arbitrary<ExposureInput> = fc.record({
  rows: fc.array(
    fc.record({
      gap: fc.integer({ min: -15, max: 15 }),
      move: fc.integer({ min: -30, max: 30 }),
      exposure: fc.constantFrom(NaN, -1.5, -1, -0.6, -0.3, 0, 0.2, 0.5, 0.8, 1, 3),
      again: fc.boolean(),
    }),
    { minLength: 10, maxLength: 60 },
  ),
  settings: fc.record({
    balance: fc.constant(10_000),
    fee: fc.constantFrom(0, 0.001),
    slippage: fc.constantFrom(0, 0.0005),
    fill: fc.constantFrom("next-open" as const, "close" as const),
    size: fc.constantFrom(1, 0.5),
    shorts: fc.boolean(),
    lot: fc.constantFrom(0, 0, 0.5),
    minNotional: fc.constantFrom(0, 300),
    rebalanceThreshold: fc.constantFrom(0, 0.02, 0.1, 0.4),
  }),
}).map(({ rows, settings }) => {
  let price = 100, exposure = NaN;
  const prices = rows.map(({ gap, move }): [number, number, number, number] => {
    const open = price * (1 + gap / 1_000), close = open * (1 + move / 1_000);
    price = close;
    return [open, Math.max(open, close), Math.min(open, close), close];
  });
  const exposures = rows.map((row) => exposure = row.again ? exposure : row.exposure);
  return { candles: hours(...prices), exposures, settings };
});

Deno.test("an account by exposure does what a naive one does", () => {
  let fills = 0, refused = 0;
  assertProperty(
    fc.property(inputs, (input) => {
      const { candles, exposures: exposure, settings } = input;
      const run = accountRun({ candles, signals: { exposure }, settings });
      const naive = naiveExposure(input);
      assert.equal(run.fills.length, naive.fills);
      assert.equal(run.counts.refused, naive.refused);
      refused += naive.refused;
      fills += naive.fills;
      naive.equity.forEach((worth, i) => {
        assert(Math.abs(run.curve.equity[i] - worth) < 1e-6, `equity ${i}: ${worth}`);
        assert(Math.abs(run.curve.position[i] - naive.position[i]) < 1e-7, `position ${i}`);
      });
      run.curve.equity.forEach((worth, i) =>
        assert.equal(worth, run.curve.cash[i] + run.curve.position[i] * candles.close[i])
      );
      const earned = run.trades.reduce((sum, { pnl }) => sum + pnl, run.open?.pnl ?? 0);
      assert(Math.abs(10_000 + earned - run.curve.equity.at(-1)!) < 1e-6);
      // What is held at a close is never more than all of the equity, but for what the price moved since.
      if (settings.fill === "close") {
        run.curve.position.forEach((units, i) => {
          const part = units * candles.close[i] / run.curve.equity[i];
          assert(part < 1.5 && (settings.shorts ? part > -1.5 : part >= 0), `${part}`);
        });
      }
    }),
    500,
  );
  assert(fills > 3_000 && refused > 300, `${fills} fills, ${refused} refused`);
});

/** As much as the market is calm, short below its average. */
const steered = strategy("steered", {}, {
  build() {
    const calm = clamp(sma(close, 30).times(0.0008).over(deviation(close, 10)), 0, 1);
    return {
      exposure: calm.times(clamp(close.minus(sma(close, 20)).times(5), -1, 1)),
      confidence: calm,
      series: { calm },
    };
  },
});

for (const base of [undefined, "1m"] as const) {
  Deno.test(`Law 1: a strategy that gives its exposure${base ? ", on a base clock" : ""}`, () => {
    const candles = madeCandles({ rows: 9_000, seed: 15 }), { decimals } = candles;
    const clocks = base ? { timeframe: "5m" as const, base } : { timeframe: "1m" as const };
    for (const fill of ["next-open", "close"] as const) {
      const account = { ...DEFAULT_ACCOUNT, fee: 0.00001, shorts: true, lot: 0.001, fill };
      const spec = { strategy: steered, parameters: {}, account, ...clocks, decimals };
      const { told: { fills } } = assertChunkLaw(runMachine(spec, candles.length), candles, 4);
      const reasons = fills.map(({ reason }) => reason);
      assert(reasons.filter((reason) => reason === "rebalance").length > 100);
      assert(reasons.filter((reason) => reason === "reversal").length > 50);
    }
  });
}

Deno.test("on a base clock it is decided where a candle of the strategy closes, and only there", () => {
  const candles = madeCandles({ rows: 3_000, seed: 15 });
  const { signals } = backtest(steered, candles, { timeframe: "5m", account: { fee: 0 } });
  assert(signals.length > 50);
  for (const { time } of signals) assert.equal(time % 300_000, 0);
});

const refused = (make: () => unknown, message: string | RegExp) =>
  assert.throws(make, { name: "InputError", message });

Deno.test("an exposure goes with nothing else that opens or closes, and is told as what it is", () => {
  const candles = madeCandles({ rows: 500 });
  const run = (more: Partial<Built>, account = {}) =>
    backtest(
      strategy("both", {}, { build: () => ({ exposure: sma(close, 3).over(close), ...more }) }),
      candles,
      {
        account,
      },
    );
  assert(run({}).account.shorts, "it may be short unless the account may not");
  const rises = close.above(sma(close, 3));
  for (const name of ["enterLong", "exitLong", "enterShort", "exitShort", "reduceLong"] as const) {
    refused(() => run({ [name]: rises }), new RegExp(`^exposure and ${name} are both given`));
  }
  refused(() => run({ size: sma(close, 3) }), /^exposure and size are both given/);
  refused(() => run({ stopLoss: 0.1 }), /^exposure and stopLoss are both given/);
  refused(() => run({}, { sizing: "quote" }), /^account.sizing is quote, but the strategy gives/);
  refused(() => run({}, { leverage: 2, maintenanceMargin: 0.01 }), /^account.leverage is 2/);
  refused(() => backtestPortfolio(steered, { BTC: candles }), /a portfolio shares the money out/);
  assert.match(strategyText(steered), /\n {2}exposure {4}= calm × clamp\(/);
  assert.doesNotThrow(() => run({ confidence: close }));
});

Deno.test("exposures that were computed by hand do what those of a strategy do", () => {
  const candles = madeCandles({ rows: 2_000, seed: 4 }), { exposure } = steered.signals;
  const plain = backtest(steered, candles);
  const exposures = exposure!.on(candles);
  const hand = backtestSignals(candles, { exposures });
  assert.deepEqual(hand.fills.rows, plain.fills.rows);
  assert(hand.fills.length > 100);
  refused(
    () => backtestSignals(candles, { exposures, entries: exposures.map(() => true) }),
    /^exposure and enterLong are both given/,
  );
});
