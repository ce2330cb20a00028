import assert from "node:assert/strict";
import fc from "fast-check";
import { type Candle, Candles } from "../../../engine/market/candles.ts";
import { startChange } from "../../../engine/storage/archive/change.ts";
import type { Difference } from "../../../engine/storage/archive/difference.ts";
import { readSeries } from "../../../engine/storage/archive/read_series.ts";
import type { KnownSpan } from "../../../engine/storage/archive/spans.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { archiveFiles } from "./archive_files.ts";

const KEY = { exchange: "okx", symbol: "BTC/USDT", timeframe: "15m" } as const;
const LENGTH = 900_000, INTERVALS = 24;
/** So that half of the intervals lie in one file and half in the next. */
const START = Date.UTC(2024, 1) - INTERVALS / 2 * LENGTH;

/** An interval: unknown, known and silent, or a price. */
type Interval = number | "silent" | undefined;

interface Addition {
  intervals: Interval[];
  replace: boolean;
}

const interval = fc.constantFrom<Interval[]>(undefined, undefined, "silent", 1, 1, 1, 2);

const additions = fc.array(
  fc.record({
    intervals: fc.array(interval, { minLength: INTERVALS, maxLength: INTERVALS }),
    replace: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

const candleAt = (i: number, price: number): Candle => ({
  time: START + (i + 1) * LENGTH,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: 1,
  trades: NaN,
  kind: "backfilled",
});

function knownOf({ intervals }: Addition, source: string) {
  const rows: Candle[] = [], spans: KnownSpan[] = [];
  intervals.forEach((it, i) => {
    if (it === undefined) return;
    const from = START + i * LENGTH, last = spans.at(-1);
    if (last?.to === from) last.to += LENGTH;
    else spans.push({ from, to: from + LENGTH, source });
    if (it !== "silent") rows.push(candleAt(i, it));
  });
  return { candles: Candles.fromRows("15m", rows), spans };
}

Deno.test("the archive holds what a table of single intervals would", async () => {
  await fc.assert(
    fc.asyncProperty(additions, fc.boolean(), (all, atOnce) =>
      inTempFolder(async (root) => {
        const table: { value: number | "silent"; source: string }[] = [];
        let change = startChange(root);
        for (const [n, addition] of all.entries()) {
          const differ: number[] = [];
          addition.intervals.forEach((value, i) => {
            if (value === undefined) return;
            if (table[i] && table[i].value !== value) differ.push(START + (i + 1) * LENGTH);
            if (!table[i] || addition.replace) table[i] = { value, source: `source ${n}` };
          });
          const { replace } = addition, known = knownOf(addition, `source ${n}`);
          const found = await change.add(KEY, known, { replace });
          assert.deepEqual(found.map(({ time }: Difference) => time), differ);
          if (!atOnce) {
            await change.write();
            change = startChange(root);
          }
        }
        await change.write();
        const { candles, spans } = await readSeries(root, KEY);
        const expected = table.flatMap((cell, i) =>
          cell && cell.value !== "silent" ? [candleAt(i, cell.value)] : []
        );
        assert.deepEqual(candles.rows(), expected);
        for (let i = 0; i < INTERVALS; i++) {
          const from = START + i * LENGTH;
          const own = spans.filter((span) => span.from <= from && from < span.to);
          assert.deepEqual(own.map(({ source }) => source), table[i] ? [table[i].source] : []);
        }
      })),
    { seed: 20_240_808, numRuns: 150 },
  );
});

Deno.test("a part of a series is what lies wholly within it, over the borders of files", () =>
  inTempFolder(async (root) => {
    const change = startChange(root);
    const intervals = Array.from({ length: INTERVALS }, () => 1);
    await change.add(KEY, knownOf({ intervals, replace: false }, "made"));
    await change.write();
    const from = START + 10 * LENGTH - 1, to = START + 14 * LENGTH + 1;
    const { candles, spans } = await readSeries(root, KEY, { from, to });
    assert.deepEqual([...candles.time], [10, 11, 12, 13].map((i) => START + (i + 1) * LENGTH));
    assert.deepEqual(spans, [{ from, to, source: "made" }]);
    const none = { candles: 0, spans: [] };
    const other = await readSeries(root, { ...KEY, symbol: "ETH/USDT" });
    assert.deepEqual({ ...other, candles: other.candles.length }, none);
  }));

Deno.test("what is there already is not written again, and nothing before the end", () =>
  inTempFolder(async (root) => {
    const intervals = Array.from({ length: INTERVALS }, () => 1);
    const known = knownOf({ intervals, replace: false }, "made");
    const first = startChange(root);
    await first.add(KEY, known);
    assert.deepEqual([...archiveFiles(root).keys()], []);
    await first.write();
    const files = archiveFiles(root), path = `${root}/okx/BTC_USDT/15m/2024-01.parquet`;
    const { mtime, ino } = await Deno.stat(path);
    const second = startChange(root);
    assert.deepEqual(await second.add(KEY, knownOf({ intervals, replace: false }, "other")), []);
    await second.write();
    assert.deepEqual(archiveFiles(root), files);
    const after = await Deno.stat(path);
    assert.deepEqual([after.mtime, after.ino], [mtime, ino]);
  }));
