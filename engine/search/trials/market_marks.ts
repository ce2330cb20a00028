import type { Candles } from "../../market/candles.ts";
import type { MarketMarks } from "../../ports/trial_ledger.ts";

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

/** What is too short for days is known by hours, and so on; from 1 on every candle counts. */
const PACES = [DAY, HOUR, MINUTE, 1];

/** Marks of one market that agree by chance are rare, so that two are enough. */
const FEWEST = 2;

/** The most marks of a short market: what it is known by, not all of it. */
const MOST = 20_000;

/**
 * By what a market is known again: its closes at the ends of UTC days, which are the same in candles of
 * any length up to a day and do not change when rows are added or the span is moved. Of less than two
 * days those at the ends of hours, and so on.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Candles } from "../../market/candles.ts";
 *
 * const row = { open: 9, high: 11, low: 9, volume: 1, trades: 1, kind: "traded" as const };
 * const hours = Array.from({ length: 60 }, (_, i) => ({ ...row, close: 9 + i / 100, time: (i + 1) * 3_600_000 }));
 * const { times, closes } = marketMarks(Candles.fromRows("1h", hours));
 * assert.deepEqual([...times], [86_400_000, 172_800_000]);
 * assert.deepEqual([...closes], [9.23, 9.47]);
 * ```
 */
export function marketMarks({ time, close }: Candles): MarketMarks {
  for (const pace of PACES) {
    const rows: number[] = [];
    for (let i = 0; i < time.length; i++) if (time[i] % pace === 0) rows.push(i);
    if (rows.length < FEWEST && pace > 1) continue;
    const kept = rows.slice(-MOST);
    return {
      times: Float64Array.from(kept, (row) => time[row]),
      closes: Float64Array.from(kept, (row) => close[row]),
    };
  }
  return { times: new Float64Array(), closes: new Float64Array() };
}
