import assert from "node:assert/strict";
import { Candles } from "../../engine/market/candles.ts";
import { type FundingRates, withFunding } from "../../engine/market/funding.ts";

const HOUR = 3_600_000;

const candles = (...closes: number[]) =>
  Candles.fromRows(
    "1h",
    closes.map((hour) => ({
      ...{ time: hour * HOUR, open: 9, high: 9, low: 9, close: 9 },
      ...{ volume: 1, trades: 1, kind: "traded" as const },
    })),
  );

const at = (...rates: [hour: number, rate: number][]): FundingRates => ({
  time: rates.map(([hour]) => hour * HOUR),
  rate: rates.map(([, rate]) => rate),
});

Deno.test("a rate belongs to the candle that closes at its time, or around it", () => {
  const found = withFunding(
    candles(7, 8, 9, 10),
    at([0, 1e-3], [8, 2e-3], [9.5, 3e-3], [16, 4e-3]),
  );
  assert.deepEqual([...found.funding!], [0, 2e-3, 0, 3e-3]);
});

Deno.test("rates in a gap fall due behind it, and several in a candle are one sum", () => {
  const found = withFunding(candles(7, 20), at([8, 1e-3], [16, 2e-3], [19.9, -4e-3]));
  assert.deepEqual([...found.funding!], [0, 1e-3 + 2e-3 - 4e-3]);
  assert.deepEqual([...found.fundingInGap!], [0, 1e-3 + 2e-3]);
  assert.deepEqual([...found.fundingInside!], [0, -4e-3]);
});

Deno.test("a view of the candles keeps its part of the rates", () => {
  const found = withFunding(candles(7, 8, 9), at([8, 2e-3])).slice(1, 3);
  assert.deepEqual([...found.funding!], [2e-3, 0]);
  assert.deepEqual([...found.fundingInGap!, ...found.fundingInside!], [0, 0, 0, 0]);
});

Deno.test("rates that leave a day out are refused: they would cost nothing", () => {
  const days = candles(...Array.from({ length: 72 }, (_, i) => i + 1));
  const refused = (rates: FundingRates, message: RegExp) =>
    assert.throws(() => withFunding(days, rates), message);
  refused(at([8, 0.001], [16, 0.001]), /no rate between 1970-01-01T16:00.* and 1970-01-04T00:00/);
  refused(at([40, 0.001], [64, 0.001]), /no rate between 1970-01-01T00:00.* and 1970-01-02T16:00/);
  refused(at(), /no.*rates|0 times/);
  refused({ time: [1, 2], rate: [0] }, /2 times and 1 rates/);
  refused(at([8, NaN]), /row 0 is NaN/);
  refused(at([8, 0.1], [7, 0.1]), /stands behind/);
});
