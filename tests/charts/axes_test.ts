import assert from "node:assert/strict";
import fc from "fast-check";
import { histogramBins } from "../../engine/charts/histogram_bins.ts";
import { logTicks } from "../../engine/charts/log_scale.ts";
import { revive } from "../../engine/charts/option.ts";
import { timeTicks } from "../../engine/charts/time_axis.ts";
import {
  magnitude,
  padded,
  paddedLog,
  percents,
  plainNumbers,
  roundTicks,
} from "../../engine/charts/value_axis.ts";
import { assertProperty } from "../support/property.ts";

const write = (format: ReturnType<typeof percents>, value: number) =>
  (revive(format) as unknown as (value: number) => string)(value);

Deno.test("ticks are round, within the range, and neither few nor crowded", () => {
  const number = fc.double({ min: -1e7, max: 1e7, noNaN: true });
  assertProperty(
    fc.property(
      number,
      fc.double({ min: 1e-3, max: 1e7, noNaN: true }),
      fc.integer({ min: 3, max: 12 }),
      (low, size, count) => {
        const range = { low, high: low + size }, { values, step } = roundTicks(range, count);
        assert.ok(
          values.length >= 2 && values.length <= 1.25 * count + 1,
          `${values.length} of ${count}`,
        );
        for (const value of values) {
          assert.ok(
            value >= low - 1e-9 * size && value <= range.high + 1e-9 * size,
          );
          assert.ok(Math.abs(value / step - Math.round(value / step)) < 1e-4);
        }
        assert.match(step.toExponential(), /^(1|2|2\.5|5)(\.0+\d?)?e/);
      },
    ),
  );
});

Deno.test("ticks of ratios are round, within the range, and as far apart as can be", () => {
  const low = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  const ratio = fc.double({ min: 1.01, max: 1e6, noNaN: true });
  assertProperty(fc.property(low, ratio, fc.integer({ min: 3, max: 9 }), (low, ratio, count) => {
    const { values } = logTicks({ low, high: low * ratio }, count);
    assert.ok(
      values.length >= 2 && values.length <= Math.max(1.25 * count + 1, Math.log10(ratio) + 1),
    );
    for (const value of values) {
      assert.ok(value >= low * (1 - 1e-9) && value <= low * ratio * (1 + 1e-9));
    }
  }));
  assert.deepEqual(logTicks({ low: 9_000, high: 130_000 }, 8).values, [
    ...[10_000, 15_000, 20_000, 30_000, 50_000, 70_000, 100_000],
  ]);
  assert.deepEqual(logTicks({ low: 0.4, high: 12 }, 5).values, [0.5, 1, 2, 5, 10]);
  const padding = paddedLog({ low: 1, high: 100 }, 0.5);
  assert.deepEqual([padding.low, padding.high].map((value) => value.toFixed(9)), [
    "0.100000000",
    "1000.000000000",
  ]);
});

Deno.test("a range of one value gets room, and nothing makes ticks without an end", () => {
  assert.deepEqual(padded({ low: 100, high: 100 }, 0.5), { low: 95, high: 105 });
  assert.deepEqual(padded({ low: 0, high: 0 }, 0.5), { low: -0.5, high: 0.5 });
  assert.deepEqual(roundTicks({ low: NaN, high: NaN }, 5).values, []);
  assert.deepEqual(roundTicks({ low: 0, high: 100 }, 5).values, [0, 20, 40, 60, 80, 100]);
});

Deno.test("numbers are written with the decimals of the step between ticks", () => {
  assert.equal(write(plainNumbers(0.25), 1234.5), "1,234.50");
  assert.equal(write(plainNumbers(500), 64_000), "64,000");
  assert.equal(write(plainNumbers(2e8), 1.4e9), "1,400M");
  assert.equal(write(percents(0.5), -2), "-2.0%");
  assert.equal(write({ ...plainNumbers(1e-8), least: 0 }, 0.5), "0.5");
  assert.equal(write({ format: "number", decimals: 0, suffix: "k", zero: "0" }, 0), "0");
  assert.deepEqual(magnitude(2_500), { divisor: 1_000, suffix: "k" });
  assert.deepEqual(magnitude(999), { divisor: 1, suffix: "" });
});

const iso = (times: number[], length: number) =>
  times.map((t) => new Date(t).toISOString().slice(0, length));

Deno.test("times of ticks are full hours, days, months or years of UTC", () => {
  const from = Date.UTC(2024, 1, 27, 13, 20);
  const ticks = (hours: number, count: number) => timeTicks(from, from + hours * 3_600_000, count);
  assert.deepEqual(iso(ticks(4, 5), 16), [14, 15, 16, 17].map((hour) => `2024-02-27T${hour}:00`));
  assert.deepEqual(iso(ticks(72, 5), 10), ["2024-02-28", "2024-02-29", "2024-03-01"]);
  assert.deepEqual(iso(ticks(24 * 150, 6), 7), [
    "2024-03",
    "2024-04",
    "2024-05",
    "2024-06",
    "2024-07",
  ]);
  assert.deepEqual(iso(ticks(24 * 1700, 6), 10), [
    "2025-01-01",
    "2026-01-01",
    "2027-01-01",
    "2028-01-01",
  ]);
  assert.equal(new Date(ticks(24 * 40, 8)[0]).getUTCDay(), 1); // weeks begin on Monday
});

Deno.test("never more ticks of time than asked for, and at least one where there is room", () => {
  const from = fc.integer({ min: 0, max: Date.UTC(2040, 0) });
  const length = fc.integer({ min: 60_000, max: 40 * 365 * 86_400_000 });
  assertProperty(
    fc.property(from, length, fc.integer({ min: 4, max: 12 }), (from, length, count) => {
      const ticks = timeTicks(from, from + length, count);
      assert.ok(ticks.length >= 1 && ticks.length <= count + 1);
      assert.ok(ticks.every((tick) => tick >= from && tick <= from + length));
    }),
  );
});

Deno.test("bins hold every value once, and 0 lies between two of them", () => {
  const values = fc.array(
    fc.oneof(fc.double({ min: -90, max: 900, noNaN: true }), fc.constant(0)),
    { minLength: 1, maxLength: 300 },
  );
  assertProperty(fc.property(values, (values) => {
    const bins = histogramBins(values), width = bins[0].to - bins[0].from;
    assert.ok(bins.length <= 62);
    assert.equal(bins.reduce((sum, { count, zeros }) => sum + count + zeros, 0), values.length);
    for (const { from, to, count, zeros } of bins) {
      const inside = values.filter((value) =>
        Math.floor(value / width) === Math.round(from / width)
      );
      assert.equal(count + zeros, inside.length);
      assert.ok(to <= 1e-9 || from >= -1e-9);
      if (zeros > 0) assert.equal(zeros, values.filter((value) => value === 0).length);
    }
  }));
});
