import assert from "node:assert/strict";
import fc from "fast-check";
import { allocateColumns, type Candle, Candles, KINDS } from "../../../engine/market/candles.ts";
import { parquetReadObjects } from "../../../engine/storage/archive/parquet.ts";
import { openPart, readRows } from "../../../engine/storage/archive/read_part.ts";
import { partBytes } from "../../../engine/storage/archive/write_part.ts";
import { assertProperty } from "../../support/property.ts";
import { inTempFolder } from "../../support/temp_folder.ts";

const KEY = { exchange: "okx", symbol: "BTC/USDT:USDT", timeframe: "1m" } as const;

const price = fc.double({ min: Number.MIN_VALUE, max: 1e300, noNaN: true });

const candle = fc.record({
  open: price,
  high: price,
  low: price,
  close: price,
  volume: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  trades: fc.oneof(fc.nat(), fc.constant(NaN)),
  kind: fc.constantFrom(...KINDS),
});

const rows = fc.array(candle, { maxLength: 60 }).map((all): Candle[] =>
  all.map((row, i) => ({ ...row, time: Date.UTC(2024, 0) + (i + 1 + i % 3) * 60_000 }))
);

/** Candles written to a file and read back. */
async function there(folder: string, candles: Candles, spans = SPANS) {
  await Deno.writeFile(`${folder}/part`, partBytes({ key: KEY, candles, spans }));
  const part = await openPart(`${folder}/part`), columns = allocateColumns(part.length + 2);
  await readRows(part, columns, 1);
  return { part, candles: new Candles("1m", columns, undefined).slice(1, part.length + 1) };
}

const SPANS = [
  { from: Date.UTC(2024, 0), to: Date.UTC(2024, 0, 1, 0, 30), source: "fetched" },
  { from: Date.UTC(2024, 0, 2), to: Date.UTC(2024, 0, 3), source: 'imported from "a".csv' },
];

Deno.test("a file gives the very doubles that were written, and the same bytes when written again", () =>
  inTempFolder(async (folder) => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const candles = Candles.fromRows("1m", all), read = await there(folder, candles);
        assert.deepEqual(read.candles.rows(), all);
        assert.deepEqual([read.part.key, read.part.spans], [KEY, SPANS]);
        assert.equal(read.part.decimals, candles.decimals);
        const again = partBytes({ key: KEY, candles: read.candles, spans: SPANS });
        assert.deepEqual(again, Deno.readFileSync(`${folder}/part`));
      }),
      { seed: 20_240_808, numRuns: 100 },
    );
  }));

Deno.test("whoever opens a file elsewhere sees close times as such, words, and nulls", async () => {
  const first: Candle = {
    time: Date.UTC(2024, 0, 1, 0, 1),
    open: 1.5,
    high: 2,
    low: 1,
    close: 1.25,
    volume: 0.1,
    trades: 7,
    kind: "traded",
  };
  const second: Candle = { ...first, time: first.time + 60_000, trades: NaN, kind: "backfilled" };
  const candles = Candles.fromRows("1m", [first, second]);
  const bytes = partBytes({ key: KEY, candles, spans: SPANS });
  const { time: _, ...values } = first;
  assert.deepEqual(await parquetReadObjects({ file: bytes.slice().buffer }), [
    { close_time: new Date("2024-01-01T00:01:00Z"), ...values, trades: 7n },
    { close_time: new Date("2024-01-01T00:02:00Z"), ...values, trades: null, kind: "backfilled" },
  ]);
});

Deno.test("a file that is cut off, changed or another one is refused by name", () =>
  inTempFolder(async (folder) => {
    const rows = Array.from({ length: 500 }, (_, i): Candle => ({
      time: Date.UTC(2024, 0) + (i + 1) * 60_000,
      open: i + 1,
      high: i + 2,
      low: i + 1,
      close: i + 1,
      volume: i,
      trades: i,
      kind: "traded",
    }));
    const whole = partBytes({ key: KEY, candles: Candles.fromRows("1m", rows), spans: SPANS });
    const path = `${folder}/part`;
    const read = async (bytes: Uint8Array) => {
      await Deno.writeFile(path, bytes);
      await readRows(await openPart(path), allocateColumns(500), 0);
    };
    await read(whole);
    for (const cut of [0, 3, 11, 200, whole.length >> 1, whole.length - 1]) {
      await assert.rejects(read(whole.slice(0, cut)), {
        name: "InputError",
        message: /part: it is damaged, or no file of the archive/,
      });
    }
    await assert.rejects(read(new TextEncoder().encode("time,open\n")), /damaged/);
  }));

Deno.test("an empty file says what is known to be silent", () =>
  inTempFolder(async (folder) => {
    const { part, candles } = await there(folder, Candles.fromRows("1m", []));
    assert.deepEqual([candles.length, part.spans], [0, SPANS]);
  }));

Deno.test("the bytes are those of the same candles in whatever memory", () => {
  assertProperty(
    fc.property(rows, (all) => {
      const twice = Candles.fromRows("1m", [...all, ...all].slice(0, all.length + 1));
      const view = twice.slice(0, all.length), own = Candles.fromRows("1m", all);
      assert.deepEqual(
        partBytes({ key: KEY, candles: view, spans: [] }),
        partBytes({ key: KEY, candles: own, spans: [] }),
      );
    }),
    50,
  );
});
