import assert from "node:assert/strict";
import { StoreError } from "../../engine/ports/store_errors.ts";
import type { ContractTest } from "./store_contract.ts";

const BTC = { exchange: "okx", symbol: "BTC/USDT" }, START = Date.UTC(2024, 7, 8, 12);

const madeGap = (from: number, to: number, reason = "away") => (
  { instrument: BTC, from: START + from, to: START + to, reason }
);

/** What every store must do with gaps. */
export function gapsContract(test: ContractTest): void {
  test("records a gap once, however often it is told", async ({ marketData }) => {
    assert.deepEqual(await marketData.gaps(BTC), []);
    assert.equal(await marketData.recordGap(madeGap(10, 20)), true);
    assert.equal(await marketData.recordGap(madeGap(10, 20, "again")), false);
    assert.equal(await marketData.recordGap(madeGap(12, 18)), false);
    const [{ recordedAt, ...gap }, ...more] = await marketData.gaps(BTC);
    assert.deepEqual([gap, more], [madeGap(10, 20), []]);
    assert.ok(recordedAt > START);
  });

  test("records of a gap only what is not recorded", async ({ marketData }) => {
    const stored = async () =>
      (await marketData.gaps(BTC)).map((
        { from, to, reason },
      ) => [from - START, to - START, reason]);
    await marketData.recordGap(madeGap(10, 20, "a"));
    await marketData.recordGap(madeGap(30, 40, "a"));
    assert.equal(await marketData.recordGap(madeGap(5, 45, "b")), true);
    assert.deepEqual(await stored(), [
      [5, 10, "b"],
      [10, 20, "a"],
      [20, 30, "b"],
      [30, 40, "a"],
      [40, 45, "b"],
    ]);
    assert.equal(await marketData.recordGap(madeGap(0, 50, "c")), true);
    assert.equal(await marketData.recordGap(madeGap(0, 50, "d")), false);
    assert.deepEqual((await stored()).map(([from]) => from), [0, 5, 10, 20, 30, 40, 45]);
  });

  test("keeps the gaps of instruments apart, and gives those of a range", async (store) => {
    const { marketData } = store, kraken = { ...BTC, exchange: "kraken" };
    await marketData.recordGap(madeGap(10, 20));
    await marketData.recordGap(madeGap(20, 30));
    assert.equal(await marketData.recordGap({ ...madeGap(10, 30), instrument: kraken }), true);
    const froms = async (from?: number, to?: number) => {
      const range = { from: from && START + from, to: to && START + to };
      return (await marketData.gaps(BTC, range)).map((gap) => gap.from - START);
    };
    assert.deepEqual(await froms(), [10, 20]);
    assert.deepEqual(await froms(20), [20], "a gap's end is not part of it");
    assert.deepEqual(await froms(19), [10, 20]);
    assert.deepEqual(await froms(undefined, 20), [10], "nor is a range's");
    assert.deepEqual(await froms(12, 13), [10]);
    assert.deepEqual(await froms(30), []);
    assert.equal((await marketData.gaps(kraken)).length, 1);
  });

  test("refuses gaps of no time", async ({ marketData }) => {
    for (const [from, to] of [[20, 10], [NaN, 10], [0, Infinity]]) {
      await assert.rejects(marketData.recordGap(madeGap(from, to)), StoreError);
    }
    assert.equal(await marketData.recordGap(madeGap(10, 10)), false);
    assert.deepEqual(await marketData.gaps(BTC), []);
  });

  test("lets many record overlapping gaps at once", async ({ marketData }) => {
    const told = Array.from({ length: 20 }, (_, i) => madeGap((i * 7) % 20, 20 + (i * 3) % 30));
    const outcomes = await Promise.all(told.map((gap) => marketData.recordGap(gap)));
    assert.ok(outcomes.includes(true));
    let end = START;
    for (const { from, to } of await marketData.gaps(BTC)) {
      assert.equal(from, end, "neither a hole nor an overlap");
      end = to;
    }
    assert.equal(end, Math.max(...told.map((gap) => gap.to)));
  });
}
