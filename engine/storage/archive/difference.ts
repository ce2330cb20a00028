import { type Candle, type Candles, FIELDS } from "../../market/candles.ts";
import { iso } from "../../market/time.ts";
import type { Timeframe } from "../../market/timeframe.ts";

/** A candle of which two sources say different things; one of them may not have it at all. */
export interface Difference {
  /** Close time. */
  time: number;
  stored: Candle | undefined;
  found: Candle | undefined;
}

/** Volumes are sums: what they differ by in the last digits is how they were added. */
const SAME_VOLUME = 1e-9;

/**
 * Where two sources that both know a stretch of time differ, in the order of time: prices, volume,
 * and the number of trades where both say it. That one leaves out what the other has as a silent
 * interval is no difference.
 */
export function differences(stored: Candles, found: Candles): Difference[] {
  const all: Difference[] = [];
  for (let i = 0, k = 0; i < stored.length || k < found.length;) {
    const time = Math.min(stored.time[i] ?? Infinity, found.time[k] ?? Infinity);
    const one = stored.time[i] === time ? i++ : -1, other = found.time[k] === time ? k++ : -1;
    if (same(stored, one, found, other)) continue;
    all.push({
      time,
      stored: one < 0 ? undefined : stored.row(one),
      found: other < 0 ? undefined : found.row(other),
    });
  }
  return all;
}

function same(stored: Candles, i: number, found: Candles, k: number): boolean {
  if (i < 0) return isSilent(found, k);
  if (k < 0) return isSilent(stored, i);
  for (const field of FIELDS) {
    const a = stored[field][i], b = found[field][k];
    if (a === b) continue;
    if (field !== "volume" || Math.abs(a - b) > SAME_VOLUME * Math.max(a, b)) return false;
  }
  const a = stored.trades[i], b = found.trades[k];
  return a === b || Number.isNaN(a) || Number.isNaN(b);
}

function isSilent({ high, low, volume }: Candles, i: number): boolean {
  return volume[i] === 0 && high[i] === low[i];
}

/** How many differences are told one by one. */
const TOLD = 5;

/** Differences for people: the first ones, and how many there are. */
export function describeDifferences(
  all: readonly Difference[],
  timeframe: Timeframe,
  names: { stored: string; found: string },
): string {
  const lines = all.slice(0, TOLD).map(({ time, stored, found }) =>
    `${timeframe} to ${iso(time)}: ${names.stored} ${text(stored)}, ${names.found} ${text(found)}`
  );
  const more = all.length > TOLD ? [`and ${all.length - TOLD} more`] : [];
  return [...lines, ...more].join("; ");
}

function text(candle: Candle | undefined): string {
  if (!candle) return "has none";
  const { open, high, low, close, volume, trades } = candle;
  const count = Number.isNaN(trades) ? "" : ` ${trades} trades`;
  return `has ${open} ${high} ${low} ${close} volume ${volume}${count}`;
}
