import assert from "node:assert/strict";
import { type Candle, Candles } from "../../../engine/market/candles.ts";
import { differences } from "../../../engine/storage/archive/difference.ts";
import { intervalsIn } from "../../../engine/storage/archive/holes.ts";

const HOUR = 3_600_000,
  ROW: Candle = {
    ...{ time: HOUR, open: 5, high: 6, low: 4, close: 5, volume: 2 },
    ...{ trades: 3, kind: "traded" },
  };

/** How many candles differ when the other source says this of one. */
function count(change: Partial<Candle>): number {
  const of = (row: Candle) => Candles.fromRows("1h", [row]);
  return differences(of(ROW), of({ ...ROW, ...change })).length;
}

Deno.test("counts of trades are compared where both sources say them", () => {
  assert.deepEqual([{}, { trades: 4 }, { trades: NaN }].map(count), [0, 1, 0]);
  assert.deepEqual([{ close: 5.1 }, { volume: 2 + 1e-12 }, { volume: 2.1 }].map(count), [1, 0, 1]);
});

Deno.test("months are counted by the calendar, other intervals by their length", () => {
  const span = { from: Date.UTC(2024, 0), to: Date.UTC(2024, 3) };
  assert.equal(intervalsIn(span, "1M"), 3);
  assert.equal(intervalsIn({ ...span, to: span.to - 1 }, "1M"), 2);
  assert.equal(intervalsIn(span, "1d"), 31 + 29 + 31);
});
