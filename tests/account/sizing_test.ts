import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import { accountRun } from "../support/account_run.ts";
import { hours, on, still } from "./hours.ts";

/** What is bought at `price`; nothing if the entry was refused. */
function bought(price: number, settings: Partial<AccountSettings>): number | undefined {
  const { open, counts } = accountRun({
    candles: hours(still(price), still(price)),
    signals: { enterLong: on([0], 2) },
    settings: { fee: 0, ...settings },
  });
  assert.equal(counts.refused, open ? 0 : 1);
  return open?.amount;
}

Deno.test("a position takes its fraction of equity", () => {
  assert.equal(bought(100, { balance: 1_000 }), 10);
  assert.equal(bought(100, { balance: 1_000, size: 0.25 }), 2.5);
  assert.equal(bought(100, { balance: 1_000, fee: 0.25 }), 8);
});

Deno.test("amounts are rounded down to whole lots", () => {
  assert.equal(bought(100, { balance: 1_099, lot: 1 }), 10);
  assert.equal(bought(100, { balance: 1_099, lot: 0.5 }), 10.5);
  assert.equal(bought(100, { balance: 1_099, lot: 3 }), 9);
});

Deno.test("the last lot that can be paid for is bought, whatever binary fractions say", () => {
  assert.equal(bought(1, { balance: 0.3, lot: 0.1 }), 0.3);
  assert.equal(bought(100, { balance: 10_000, lot: 0.00001 }), 100);
  assert.equal(bought(1, { balance: 0.00003, lot: 0.00001 }), 0.00003);
  assert.equal(bought(1, { balance: 0.6, lot: 0.2 }), 0.6);
});

Deno.test("whole lots are the decimal numbers that they are written as", () => {
  for (const [lot, digits] of [[0.1, 1], [0.001, 3], [0.00001, 5], [1e-8, 8]] as const) {
    for (let n = 1; n <= 300; n++) {
      const amount = bought(1, { balance: n * lot * 1.000001, lot })!;
      assert.equal(amount, Number((n / 10 ** digits).toFixed(digits)));
    }
  }
});

Deno.test("lots finer than a double can count do not keep it from trading", () => {
  const amount = bought(1e-8, { balance: 1e12, lot: 1 })!;
  assert(Math.abs(amount / 1e20 - 1) < 1e-12);
});

Deno.test("an entry that cannot buy one lot is refused and counted", () => {
  assert.equal(bought(100, { balance: 99, lot: 1 }), undefined);
  assert.equal(bought(100, { balance: 100, lot: 1, fee: 0.001 }), undefined);
});
