import type { Candles } from "../market/candles.ts";
import { type Gap, missingIn } from "../market/row_times.ts";
import { closeTime, isBoundary, type Timeframe } from "../market/timeframe.ts";

/** Where candles are missing. */
export function gapNotes(candles: Candles): string[] {
  const gaps = candles.gaps();
  if (gaps.length === 0) return [];
  const missing = (gap: Gap) => missingIn(gap, candles.timeframe);
  const total = gaps.reduce((sum, gap) => sum + missing(gap), 0);
  const longest = gaps.reduce((a, b) => missing(b) > missing(a) ? b : a);
  const when = new Date(longest.after).toISOString().slice(0, 16).replace("T", " ");
  if (gaps.length === 1) return [`1 gap, ${candlesMissing(total)}, from ${when}`];
  return [
    `${gaps.length} gaps, ${candlesMissing(total)}; the longest (${missing(longest)}) from ${when}`,
  ];
}

/** Says how many longer candles were not made, because some of those that make them are missing. */
export function unfinishedNotes(candles: Candles, timeframe: Timeframe): string[] {
  if (candles.timeframe === timeframe) return [];
  const ends = candles.gaps().flatMap(({ after, until }) => [after, until])
    .filter((time) => !isBoundary(time, timeframe)).map((time) => closeTime(time, timeframe));
  const count = new Set(ends).size;
  if (count === 0) return [];
  const lack = count === 1 ? "1 candle of" : `${count} candles of`;
  return [
    `${lack} ${timeframe} could not be made: ${candles.timeframe} ones of it are missing, so nothing was ` +
    "decided at its close",
  ];
}

function candlesMissing(count: number): string {
  return count === 1 ? "1 candle missing" : `${count} candles missing`;
}
