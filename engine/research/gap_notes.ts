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
  const count = partialCount(candles, timeframe);
  if (count === 0) return [];
  const lack = count === 1 ? "1 candle of" : `${count} candles of`;
  return [
    `${lack} ${timeframe} could not be made: ${candles.timeframe} ones of it are missing, so nothing was ` +
    "decided at its close",
  ];
}

/** Says how many of the longer candles that `on` reads are made of some of their candles alone. */
export function partialNotes(candles: Candles, timeframes: readonly Timeframe[]): string[] {
  return timeframes.flatMap((timeframe) => {
    const count = partialCount(candles, timeframe);
    if (count === 0) return [];
    const made = count === 1 ? "1 candle of" : `${count} candles of`;
    return [
      `${made} ${timeframe} that on reads ${
        count === 1 ? "is" : "are"
      } made of the ${candles.timeframe} ` +
      "ones that are there: others are missing",
    ];
  });
}

/** How many longer candles lack some of those that make them, but not all. */
function partialCount(candles: Candles, timeframe: Timeframe): number {
  const ends = candles.gaps().flatMap(({ after, until }) => [after, until])
    .filter((time) => !isBoundary(time, timeframe)).map((time) => closeTime(time, timeframe));
  return new Set(ends).size;
}

function candlesMissing(count: number): string {
  return count === 1 ? "1 candle missing" : `${count} candles missing`;
}
