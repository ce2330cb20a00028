import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ACTIONS,
  type ClosedTrade,
  type Fill,
  FILL_REASONS,
  REASONS,
  type Refusal,
  REFUSAL_REASONS,
  type Signal,
} from "../../engine/account/ledger.ts";
import {
  FILL_RECORD,
  REFUSAL_RECORD,
  signalRecord,
  TRADE_RECORD,
} from "../../engine/run/record_kinds.ts";
import { type RecordKind, Records } from "../../engine/run/records.ts";
import { assertProperty } from "../support/property.ts";

const number = fc.double(), side = fc.constantFrom("long" as const, "short" as const);

const fill: fc.Arbitrary<Fill> = fc.record({
  time: number,
  side: fc.constantFrom("buy" as const, "sell" as const),
  price: number,
  amount: number,
  fee: number,
  slippage: number,
  reason: fc.constantFrom(...FILL_REASONS),
  role: fc.constantFrom("maker" as const, "taker" as const),
  funding: number,
  position: number,
  cash: number,
});

const trade: fc.Arbitrary<ClosedTrade> = fc.record({
  side,
  entryTime: number,
  entryPrice: number,
  exitTime: number,
  exitPrice: number,
  amount: number,
  fees: number,
  slippage: number,
  funding: number,
  pnl: number,
  return: number,
  reason: fc.constantFrom(...REASONS),
});

const refusal: fc.Arbitrary<Refusal> = fc.record({
  time: number,
  side,
  price: number,
  reason: fc.constantFrom(...REFUSAL_REASONS),
});

function keeps<Row>(kind: RecordKind<Row>, row: fc.Arbitrary<Row>): void {
  assertProperty(fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
    const records = new Records(kind);
    for (const each of rows) records.add(each);
    assert.equal(records.length, rows.length);
    assert.deepEqual(records.rows.map((each) => ({ ...each })), rows.map((each) => ({ ...each })));
  }));
}

Deno.test("fills, trades and refusals are read as they were told, to the last bit", () => {
  keeps(FILL_RECORD, fill);
  keeps(TRADE_RECORD, trade);
  keeps(REFUSAL_RECORD, refusal);
});

Deno.test("a signal keeps the named series of its row, whatever comes into the columns later", () => {
  const quick = Float64Array.of(1, 2, 3), steady = Float64Array.of(4, NaN, 6);
  const records = new Records(signalRecord([["quick", quick], ["steady", steady]]));
  const told = ACTIONS.map((action, n): Omit<Signal, "values"> => {
    return { time: n, action, confidence: n / 10, price: 100 + n };
  });
  told.forEach((signal, n) => records.add(signal, n % 3));
  quick.fill(-1);
  steady.fill(-1);
  const values = [{ quick: 1, steady: 4 }, { quick: 2, steady: NaN }, { quick: 3, steady: 6 }];
  assert.deepEqual(records.rows, told.map((signal, n) => ({ ...signal, values: values[n % 3] })));
});

Deno.test("what is added behind a reading is there at the next", () => {
  const records = new Records(REFUSAL_RECORD);
  const one: Refusal = { time: 1, side: "long", price: 2, reason: "cash" };
  records.add(one);
  assert.deepEqual(records.rows, [one]);
  records.add({ ...one, side: "short" });
  assert.deepEqual(records.rows, [one, { ...one, side: "short" }]);
});
