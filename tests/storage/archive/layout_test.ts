import assert from "node:assert/strict";
import fc from "fast-check";
import { TIMEFRAMES } from "../../../engine/market/timeframe.ts";
import {
  partName,
  partSpan,
  seriesFolder,
  spanOfName,
} from "../../../engine/storage/archive/layout.ts";
import { assertProperty } from "../../support/property.ts";

const names = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8, unit: "binary" }),
  fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom(..."aAbB/:_+-.%~ 2f") }),
  fc.constantFrom("CON", "aux", "..", ".", "BTC/USDT:USDT", "kPEPE/USDC", "KPEPE/USDC"),
);

const keys = fc.record({
  exchange: names,
  symbol: names,
  timeframe: fc.constantFrom(...TIMEFRAMES),
});

Deno.test("different series have different folders, even where the case of names does not count", () => {
  assertProperty(
    fc.property(keys, keys, (a, b) => {
      const same = a.exchange === b.exchange && a.symbol === b.symbol &&
        a.timeframe === b.timeframe;
      const folder = (key: typeof a) => seriesFolder(key).toLowerCase();
      assert.equal(folder(a) === folder(b), same);
    }),
    20_000,
  );
});

Deno.test("no name leads out of the archive, or is one that a file system refuses", () => {
  assertProperty(
    fc.property(keys, (key) => {
      const parts = seriesFolder(key).split("/");
      assert.equal(parts.length, 3);
      for (const part of parts) {
        assert.match(part, /^[A-Za-z0-9_@%+-]+$/);
        assert.doesNotMatch(part, /^(con|prn|aux|nul|com\d|lpt\d)$/i);
      }
    }),
    5_000,
  );
});

Deno.test("a file's name tells its time, which has every moment in exactly one file", () => {
  assertProperty(
    fc.property(
      fc.constantFrom(...TIMEFRAMES),
      fc.integer({ min: 0, max: 4e12 }),
      (timeframe, time) => {
        const { from, to } = partSpan(time, timeframe), name = partName(time, timeframe);
        assert.ok(from <= time && time < to);
        assert.deepEqual(spanOfName(name, timeframe), { from, to });
        assert.equal(partName(to - 1, timeframe), name);
        assert.notEqual(partName(to, timeframe), name);
        assert.equal(spanOfName(`${name}.partial`, timeframe), undefined);
      },
    ),
    1_000,
  );
});

Deno.test("seconds lie in files of a day, minutes of a month, hours of a year", () => {
  const time = Date.UTC(2024, 1, 29, 13);
  assert.equal(partName(time, "1s"), "2024-02-29.parquet");
  assert.equal(partName(time, "30m"), "2024-02.parquet");
  assert.equal(partName(time, "1h"), "2024.parquet");
  assert.equal(partName(time, "1M"), "2024.parquet");
  assert.equal(spanOfName("2024-02-30.parquet", "1s"), undefined);
});
