/** Runs of strategies whose operators hide what they remember: restored by replay, or not at all. */
import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { Candles } from "../../engine/market/candles.ts";
import { decideCandles } from "../../engine/run/decide_candles.ts";
import { Run, type RunSpec } from "../../engine/run/run.ts";
import { close } from "../../engine/series/expression.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { indicator } from "../../engine/series/operators/technicalindicators/indicator.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { assertChunkLaw } from "../laws/chunk_law.ts";
import { runMachine } from "../laws/run_machine.ts";
import { madeCandles } from "../laws/made_candles.ts";

const CANDLES = madeCandles({ rows: 6_000, seed: 71 }), { timeframe, decimals } = CANDLES;
const HALF = 3_000;

/** Trades on a borrowed indicator, and on one of a longer clock. */
const borrowed = strategy("borrowed", {}, {
  build() {
    const strength = indicator("RSI", { values: close, period: 5 });
    const hourly = on("1h", indicator("ADX", { period: 3 }).adx), steady = sma(close, 9);
    return {
      enterLong: strength.above(70).and(hourly.above(20)),
      exitLong: strength.below(40).or(indicator("bearishharami")),
      series: { strength, hourly, steady },
    };
  },
});

const spec = (strategy: RunSpec["strategy"]): RunSpec => ({
  strategy,
  parameters: {},
  account: { ...DEFAULT_ACCOUNT, fee: 0.0001 },
  timeframe,
  decimals,
  chunk: 512,
});

/** The bytes of a run that has taken the first half of the candles. */
function saved(): Uint8Array {
  const run = new Run(spec(borrowed));
  decideCandles(run.driver, CANDLES, { to: HALF });
  return run.save();
}

Deno.test("Law 1, by replay: a strategy with borrowed indicators and its account", () => {
  const machine = runMachine(spec(borrowed), CANDLES.length);
  const { told: { trades } } = assertChunkLaw(machine, CANDLES, 3);
  assert(trades.length >= 20, `only ${trades.length} trades`);
});

Deno.test("Only a strategy with hidden state is replayed; candlestick patterns have none", () => {
  const strategyOf = (series: Parameters<typeof strategy>[2]["build"]) =>
    strategy("made", {}, { build: series });
  const replays = (series: Parameters<typeof strategy>[2]["build"]) =>
    new Run(spec(strategyOf(series))).replays;
  assert.equal(new Run(spec(borrowed)).replays, true);
  assert.equal(replays(() => ({ enterLong: close.above(sma(close, 5)) })), false);
  assert.equal(replays(() => ({ enterLong: indicator("doji") })), false);
  assert.equal(replays(() => ({ enterLong: on("5m", indicator("ATR")).above(1) })), true);
});

Deno.test("What is saved does not grow with the candles", () => {
  const run = new Run(spec(borrowed)), size = run.save().length;
  assert.equal(saved().length, size);
});

const columns = ({ time, open, high, low, close, volume, trades, kind }: Candles) => {
  return { time, open, high, low, close, volume, trades, kind };
};

const REFUSED = /Cannot restore: this needs the same candles again, from the first one/;

Deno.test("A run with hidden state is not restored without its candles, nor from other ones", () => {
  const bytes = saved(),
    restore = (candles: Candles) => {
      const run = new Run(spec(borrowed));
      run.replay(candles);
      run.restore(bytes);
    };
  restore(CANDLES.slice(0, HALF));
  assert.throws(() => new Run(spec(borrowed)).restore(bytes), {
    name: "InputError",
    message: REFUSED,
  });
  assert.throws(() => restore(CANDLES.slice(0, HALF - 1)), REFUSED);
  assert.throws(() => restore(CANDLES.slice(1, HALF)), REFUSED);
  assert.throws(() => restore(CANDLES.slice(0, HALF + 1)), REFUSED);
  const other = CANDLES.slice(0, HALF), close = other.close.slice();
  close[700] += 0.01;
  assert.throws(
    () => restore(new Candles(timeframe, { ...columns(other), close }, decimals)),
    REFUSED,
  );
});

Deno.test("Nothing is decided in a replay", () => {
  const run = new Run(spec(borrowed)), before = run.account.report(1);
  run.replay(CANDLES.slice(0, HALF));
  assert.deepEqual(run.account.report(1), before);
});
