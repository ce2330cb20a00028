import assert from "node:assert/strict";
import fc from "fast-check";
import { type Candle, Candles } from "../../engine/market/candles.ts";
import { fillSilence } from "../../engine/market/fill_silence.ts";
import { assertProperty } from "../support/property.ts";

const MINUTE = 60_000, LENGTH = 20;

/** Of each minute: not observed, silent, or traded at a price. */
const minutes = fc.array(fc.constantFrom(undefined, "silent" as const, 5, 6), {
  minLength: LENGTH,
  maxLength: LENGTH,
});

const candle = (i: number, price: number, rest: Partial<Candle> = {}): Candle => ({
  time: (i + 1) * MINUTE,
  open: price,
  high: price + 1,
  low: price - 1,
  close: price,
  volume: 2,
  trades: 3,
  kind: "traded",
  ...rest,
});

Deno.test("every observed interval behind the first candle has one; nothing else is added", () => {
  assertProperty(
    fc.property(minutes, (all) => {
      const rows: Candle[] = [],
        spans: { from: number; to: number }[] = [],
        expected: Candle[] = [];
      all.forEach((it, i) => {
        if (it === undefined) return;
        const last = spans.at(-1), before = expected.at(-1);
        if (last?.to === i * MINUTE) last.to += MINUTE;
        else spans.push({ from: i * MINUTE, to: (i + 1) * MINUTE });
        if (it !== "silent") rows.push(candle(i, it));
        if (it !== "silent") expected.push(candle(i, it));
        else if (before) {
          const { close } = before, flat = { high: close, low: close, volume: 0, trades: 0 };
          expected.push(candle(i, close, { ...flat, kind: "empty" }));
        }
      });
      assert.deepEqual(fillSilence(Candles.fromRows("1m", rows), spans).rows(), expected);
    }),
    2_000,
  );
});

Deno.test("months are filled by the calendar", () => {
  const row = (month: number) => candle(0, 5, { time: Date.UTC(2024, month) });
  const months = Candles.fromRows("1M", [row(1), row(5)]);
  const filled = fillSilence(months, [{ from: Date.UTC(2024, 0), to: Date.UTC(2024, 6) }]);
  assert.deepEqual(
    [...filled.time],
    [1, 2, 3, 4, 5, 6].map((month) => Date.UTC(2024, month)),
  );
});
