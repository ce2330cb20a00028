/** The account as a fold: rows to come do not matter, and it may stop and go on anywhere. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Account } from "../../engine/account/account.ts";
import { ACCOUNT_SLOTS } from "../../engine/account/state.ts";
import type { ClosedTrade, Fill, Ledger, Refusal, Signal } from "../../engine/account/ledger.ts";
import { Candles, FIELDS } from "../../engine/market/candles.ts";
import { CURVE_COLUMNS, emptyCurve } from "../../engine/account/equity_curve.ts";
import type { Signals } from "../../engine/account/signals.ts";
import { signalColumns, splitStops } from "../support/account_run.ts";
import { assertProperty } from "../support/property.ts";
import { type RandomInput, randomInput } from "./random_inputs.ts";

type Events = (ClosedTrade | Fill | Refusal | Omit<Signal, "values">)[];

const POISON = 1e300;

function into(events: Events): Ledger {
  return {
    signal: (_, signal) => events.push(signal),
    refuse: (refusal) => events.push(refusal),
    fill: (fill) => events.push(fill),
    trade: (trade) => events.push(trade),
  };
}

const accountFor = ({ settings, stops, candles }: RandomInput) =>
  new Account(settings, splitStops(stops).numbers, candles.timeframe);

/** Signals and distances of an input. */
function columnsFor({ signals, stops, candles }: RandomInput): Signals {
  const { distances } = splitStops(stops);
  return { ...signalColumns(signals, candles.length), distances };
}

/** Other columns in the place of each: what `change` makes of it. */
function changed(
  { distances, ...signals }: Signals,
  change: (column: Float64Array) => Float64Array,
): Signals {
  const each = (columns: object) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, change(column)]),
    );
  return { ...each(signals), distances: distances && each(distances) } as Signals;
}

/** The whole run in one call. */
function whole(input: RandomInput) {
  const { candles } = input, { length } = candles, curve = emptyCurve(length), events: Events = [];
  const signals = columnsFor(input);
  accountFor(input).advance(candles, 0, length, signals, 0, curve, 0, into(events));
  return { curve, events };
}

/** The candles of which only the rows [from, to) can be read. */
function onlyRows(candles: Candles, from: number, to: number): Candles {
  const hidden = (column: Float64Array) => column.map((v, i) => i < from || i >= to ? POISON : v);
  const columns = Object.fromEntries(
    [...FIELDS, "time" as const].map((f) => [f, hidden(candles[f])]),
  );
  return new Candles(candles.timeframe, { ...candles, ...columns }, candles.decimals);
}

Deno.test("a run cut anywhere, saved, restored and blind to other rows is the same run", () => {
  assertProperty(
    fc.property(randomInput, fc.array(fc.nat(60), { maxLength: 4 }), (input, cuts) => {
      const { candles } = input, { length } = candles, curve = emptyCurve(length);
      const signals = columnsFor(input), events: Events = [];
      const ends = [...cuts.filter((cut) => cut < length), length].toSorted((a, b) => a - b);
      let from = 0, saved: Float64Array | undefined;
      for (const to of ends) {
        const account = accountFor(input);
        if (saved) account.restore(saved, 3);
        const seen = onlyRows(candles, from, to);
        const hidden = changed(signals, (column) => {
          const shown = new Float64Array(length).fill(1);
          shown.set(column.subarray(from, to), from);
          return shown;
        });
        account.advance(seen, from, to, hidden, from, curve, from, into(events));
        saved = new Float64Array(ACCOUNT_SLOTS + 3);
        account.save(saved, 3);
        from = to;
      }
      const once = whole(input);
      assert.deepEqual(events, once.events);
      for (const name of CURVE_COLUMNS) assert.deepEqual(curve[name], once.curve[name], name);
    }),
    1_000,
  );
});

Deno.test("signals and curve may lie elsewhere in their buffers than the candles", () => {
  assertProperty(
    fc.property(randomInput, fc.nat(9), fc.nat(9), (input, signalsFrom, curveFrom) => {
      const { candles } = input, { length } = candles, events: Events = [];
      const curve = emptyCurve(length + curveFrom);
      const signals = changed(columnsFor(input), (column) => {
        const shifted = new Float64Array(length + signalsFrom).fill(1);
        shifted.set(column, signalsFrom);
        return shifted;
      });
      const ledger = into(events);
      accountFor(input).advance(candles, 0, length, signals, signalsFrom, curve, curveFrom, ledger);
      const once = whole(input);
      assert.deepEqual(events, once.events);
      for (const name of CURVE_COLUMNS) {
        assert.deepEqual(curve[name].subarray(curveFrom), once.curve[name], name);
      }
    }),
    200,
  );
});
