import assert from "node:assert/strict";
import fc from "fast-check";
import { type SignalName, SIGNALS } from "../../engine/account/signals.ts";
import { Candles } from "../../engine/market/candles.ts";
import { type AccountInput, accountRun } from "../support/account_run.ts";
import { assertProperty } from "../support/property.ts";
import { barredInput, type RandomInput, randomInput } from "./random_inputs.ts";
import { assertSameAsNaive } from "./same_as_naive.ts";

Deno.test("an account that steps on shorter candles than its strategy does what a naive one does", () => {
  assertProperty(fc.property(barredInput, assertSameAsNaive), 3_000);
});

Deno.test("where each row closes a candle of the strategy, nothing is otherwise", () => {
  assertProperty(
    fc.property(randomInput, (input) => {
      const { volume, length } = input.candles, closes = new Array<number>(length).fill(1);
      assert.deepEqual(accountRun({ ...input, bars: { closes, volume } }), accountRun(input));
    }),
    300,
  );
});

/** Quarters of an hour, of which the last one has all that happened in it. */
const QUARTERS = 4;

/** Hours that open where the last one closed. */
function withoutJumps({ candles, ...input }: RandomInput): RandomInput {
  let close = candles.open[0];
  const rows = candles.rows().map((row) => {
    const open = close;
    close = row.close;
    return { ...row, open, high: Math.max(row.high, open), low: Math.min(row.low, open) };
  });
  const { maxDrawdown: _, dailyLoss: __, ...settings } = input.settings;
  return { ...input, settings, candles: Candles.fromRows("1h", rows, candles.decimals) };
}

/** A value an hour as one a quarter: shown from the quarter that closes the hour on. */
function held(values: ArrayLike<number>): number[] {
  return Array.from(values).flatMap((value, i) => {
    const before = i === 0 ? NaN : values[i - 1];
    return [...new Array<number>(QUARTERS - 1).fill(before), value];
  });
}

/** A condition an hour as one a quarter: it fires in the one that closes the hour. */
function fired(values: ArrayLike<number>): number[] {
  return Array.from(values).flatMap((value) => [...new Array(QUARTERS - 1).fill(0), value]);
}

/** The same hours told in quarters: three at the opening price, then all of it. */
function inQuarters({ candles, signals, stops = {}, ...input }: AccountInput): AccountInput {
  const rows = candles.rows().flatMap((row) => {
    const { open } = row, quarter = 3_600_000 / QUARTERS;
    const flat = { ...row, high: open, low: open, close: open, volume: 7_777 };
    return Array.from({ length: QUARTERS }, (_, i) => {
      const time = row.time - (QUARTERS - 1 - i) * quarter;
      return { ...(i === QUARTERS - 1 ? row : flat), time };
    });
  });
  const told = Object.entries(signals).map(([name, values]) => {
    const isCondition = SIGNALS[name as SignalName].type === "boolean";
    return [name, isCondition ? fired(values) : held(values)];
  });
  const distances = Object.entries(stops).map(([name, stop]) => {
    return [name, typeof stop === "object" ? held(stop) : stop];
  });
  return {
    ...input,
    candles: Candles.fromRows("15m", rows, candles.decimals),
    signals: Object.fromEntries(told),
    stops: Object.fromEntries(distances),
    bars: { closes: fired(candles.close.map(() => 1)), volume: held(candles.volume) },
  };
}

Deno.test("hours whose last quarter has all that happened come out the same on either clock", () => {
  let trades = 0;
  assertProperty(
    fc.property(randomInput, (random) => {
      const input = withoutJumps(random);
      // A trailing distance moves with each hour, and an entry that waits keeps the one it began with.
      if (typeof input.stops.trailingStop === "object") input.stops.timeInForce = undefined;
      // A payment in parts is the same but for rounding, and falls due on other prices.
      input.settings.fundingRate = 0;
      // An addition may bring the break-even price to where the best price has been before.
      if (input.stops.breakEven !== undefined) input.stops.maxEntries = undefined;
      const hours = accountRun(input), quarters = accountRun(inQuarters(input));
      trades += hours.trades.length;
      assert.deepEqual(quarters.trades, hours.trades);
      assert.deepEqual(quarters.fills, hours.fills);
      assert.deepEqual(quarters.refusals, hours.refusals);
      assert.deepEqual(quarters.counts, hours.counts);
      assert.deepEqual(quarters.open, hours.open);
      for (const name of ["equity", "cash", "position"] as const) {
        const at = quarters.curve[name].filter((_, i) => i % QUARTERS === QUARTERS - 1);
        assert.deepEqual(at, hours.curve[name], name);
      }
    }),
    1_500,
  );
  assert(trades > 2_000, `${trades} trades`);
});
