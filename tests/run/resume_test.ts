import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { ACCOUNT_SLOTS } from "../../engine/account/state.ts";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { CURVE_COLUMNS } from "../../engine/account/equity_curve.ts";
import { decideCandles } from "../../engine/run/decide_candles.ts";
import { Run, type RunSpec } from "../../engine/run/run.ts";
import { close, high, low, open } from "../../engine/series/expression.ts";
import { crossesAbove, crossesBelow } from "../../engine/series/operators/events/crosses.ts";
import { on } from "../../engine/series/operators/candles/on.ts";
import { rsi } from "../../engine/series/operators/oscillators/rsi.ts";
import { sma } from "../../engine/series/operators/averages/sma.ts";
import { number } from "../../engine/strategy/parameters.ts";
import { strategy } from "../../engine/strategy/strategy.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { assertSameBits } from "../laws/same_bits.ts";
import { nothingTold, tell } from "../laws/told.ts";

const CANDLES = madeCandles({ rows: 900, seed: 61 }), ROWS = CANDLES.length;

/** Both sides, with stops, an average on a longer clock and a confidence. */
const restless = strategy("restless", { stop: number(0.0012, { min: 0.0005, max: 0.5 }) }, {
  build({ stop }) {
    const fast = sma(close, 3), slow = sma(close, 8), hourly = on("5m", sma(close, 4));
    return {
      enterLong: crossesAbove(fast, slow),
      exitLong: rsi(close, 5).above(80),
      enterShort: crossesBelow(fast, slow).and(close.below(hourly)),
      exitShort: close.above(open.plus(0.05)),
      confidence: rsi(close, 9).over(100),
      stopLoss: stop,
      takeProfit: stop.times(2),
      trailingStop: sma(high.minus(low), 5).times(5),
      breakEven: stop.times(0.7),
      timeStop: 25,
      series: { fast, slow, hourly },
    };
  },
});

/** Wants both sides at once, stops and targets within a candle, and more than it has cash for. */
const clumsy = strategy("clumsy", {}, {
  build: () => ({
    enterLong: close.above(open),
    enterShort: close.above(open.plus(0.02)),
    stopLoss: 0.0003,
    takeProfit: 0.0003,
  }),
});

const STOPPED = [
  ...(["signal", "reversal", "stopLoss", "takeProfit"] as const),
  ...(["trailingStop", "breakEven", "timeStop"] as const),
];

const spec = (account: Partial<AccountSettings>): RunSpec => ({
  strategy: restless,
  parameters: {},
  account: { ...DEFAULT_ACCOUNT, shorts: true, fee: 0.0002, slippage: 0.0001, ...account },
  timeframe: "1m",
  decimals: 2,
});

/** A run, and all that came out of it so far. */
class Recorded {
  readonly told = nothingTold();
  readonly curve = new Map(CURVE_COLUMNS.map((name) => [name, new Float64Array(ROWS)]));
  constructor(readonly run: Run) {}

  advance(from: number, to: number): this {
    const decided = decideCandles(this.run.driver, CANDLES, { from, to });
    tell(this.told, decided);
    for (const [name, column] of this.curve) column.set(decided.curve[name], from);
    return this;
  }
}

const SPECS = { "next-open": spec({}), close: spec({ fill: "close", lot: 0.001 }) };

for (const [name, spec] of Object.entries(SPECS)) {
  Deno.test(`A run that is saved and resumed at any row goes on as if it had not been (${name})`, () => {
    const whole = new Recorded(new Run(spec)).advance(0, ROWS), first = new Recorded(new Run(spec));
    const end = whole.run.save(), seen = { flat: 0, long: 0, short: 0, pending: 0 };
    for (let cut = 1; cut < ROWS; cut++) {
      const bytes = first.advance(cut - 1, cut).run.save();
      note(first, seen);
      const resumed = new Recorded(new Run({ ...spec, chunk: 1 + cut % 97 }));
      resumed.run.restore(bytes);
      resumed.advance(cut, ROWS);
      for (const kind of ["signals", "refusals", "fills", "trades"] as const) {
        const told = [...first.told[kind], ...resumed.told[kind]];
        assert.deepStrictEqual(told, whole.told[kind], `${kind}, cut at ${cut}`);
      }
      for (const [name, column] of whole.curve) {
        const rest = resumed.curve.get(name)!.subarray(cut);
        assertSameBits(rest, column.subarray(cut), `${name}, cut at ${cut}`);
      }
      assertSameBits(
        doubles(resumed.run.save()),
        doubles(end),
        `what is remembered, cut at ${cut}`,
      );
    }
    assert(seen.flat > 20 && seen.long > 50 && seen.short > 50, JSON.stringify(seen));
    assert(seen.pending > 20 || spec.account.fill === "close", JSON.stringify(seen));
    const reasons = new Set(whole.told.trades.map(({ reason }) => reason));
    for (const reason of STOPPED) {
      assert(reasons.has(reason), `no trade closed by ${reason}`);
    }
  });
}

/** What the account was in the middle of when it was cut. */
function note({ run }: Recorded, seen: Record<string, number>): void {
  const { position, pending } = run.account.state;
  seen[position > 0 ? "long" : position < 0 ? "short" : "flat"]++;
  if (pending !== 0) seen.pending++;
}

Deno.test("What the account counts is counted on behind a cut", () => {
  const clumsySpec = { ...spec({ lot: 95 }), strategy: clumsy };
  const whole = new Recorded(new Run(clumsySpec)).advance(0, ROWS).run.account.state;
  for (const count of ["cancelled", "ambiguous", "refused", "fees", "turnover"] as const) {
    assert(whole[count] > 0, `nothing ${count}`);
    for (let cut = 50; cut < ROWS; cut += 50) {
      const bytes = new Recorded(new Run(clumsySpec)).advance(0, cut).run.save();
      const resumed = new Recorded(new Run(clumsySpec));
      resumed.run.restore(bytes);
      assert.equal(
        resumed.advance(cut, ROWS).run.account.state[count],
        whole[count],
        `${count}, ${cut}`,
      );
    }
  }
});

function doubles(bytes: Uint8Array): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}

Deno.test("A snapshot is a copy: the run that gave it and the one that took it leave it alone", () => {
  const recorded = new Recorded(new Run(SPECS["next-open"])).advance(0, 300), { run } = recorded;
  const bytes = run.save(), kept = bytes.slice(), other = new Recorded(new Run(SPECS["next-open"]));
  other.run.restore(bytes);
  other.advance(300, 400);
  recorded.advance(300, 400);
  assert.deepEqual(bytes, kept);
  assert.deepEqual(other.run.save(), run.save());
});

Deno.test("A snapshot may come as any bytes, a database driver's Buffer too", () => {
  const run = new Recorded(new Run(SPECS["next-open"])).advance(0, 300).run, bytes = run.save();
  const shifted = new Uint8Array(bytes.length + 3).subarray(3);
  shifted.set(bytes);
  for (
    const given of [
      Buffer.from(bytes),
      Buffer.concat([Buffer.alloc(5), bytes]).subarray(5),
      shifted,
    ]
  ) {
    const resumed = new Run(SPECS["next-open"]);
    resumed.restore(given);
    assert.deepEqual(resumed.save(), bytes);
  }
});

Deno.test("A snapshot of another run is refused", () => {
  const bytes = new Run(SPECS["next-open"]).save();
  const run = new Run(SPECS["next-open"]);
  for (
    const given of [
      bytes.slice(8),
      bytes.slice(1),
      new Uint8Array(0),
      new Uint8Array(8 * ACCOUNT_SLOTS),
    ]
  ) {
    assert.throws(() => run.restore(given), RangeError);
  }
});

Deno.test("A snapshot is small, and no larger after more rows", () => {
  const recorded = new Recorded(new Run(SPECS["next-open"])), { length } = recorded.run.save();
  assert(length < 8 * 1_000, `${length} bytes`);
  assert.equal(recorded.advance(0, ROWS).run.save().length, length);
});
