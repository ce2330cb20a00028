import { allocateColumns, Candles } from "../market/candles.ts";
import { resample } from "../market/resample.ts";
import { closeTime, openTime, type Timeframe } from "../market/timeframe.ts";
import type { MarketKey } from "../ports/store.ts";
import type { Difference } from "./archive/difference.ts";
import { runs } from "./archive/holes.ts";
import { interleave } from "./archive/merge.ts";
import type { Span } from "./archive/spans.ts";
import type { Prefer, Stored } from "./join_candles.ts";
import { storedSeries } from "./stored_series.ts";

/** Candles of the wanted timeframe, as one stored timeframe gives them. */
export interface Pieces {
  candles: Candles;
  /** Of which time they are all. */
  known: Span[];
  /** Close times of those that cannot be made: some of the finer candles are not stored. */
  torn: number[];
  /** How many of the stored candles stand for silent intervals. */
  silent: number;
  /** Where archive and database differ in the stored candles. */
  differences: Difference[];
}

/** Which pieces are wanted: candles of `key`, made of those of `timeframe`, in the `missing` spans. */
export interface PiecesRequest {
  key: MarketKey;
  timeframe: Timeframe;
  missing: readonly Span[];
  prefer?: Prefer;
}

/** What the series of a timeframe, the wanted one or a finer one, has where candles are missing. */
export async function storedPieces(
  stored: Stored,
  { key, timeframe, missing, prefer }: PiecesRequest,
): Promise<Pieces> {
  const isOwn = timeframe === key.timeframe, none = new Candles(key.timeframe, NO_ROWS, undefined);
  const pieces: Pieces = { candles: none, known: [], torn: [], silent: 0, differences: [] };
  for (const span of missing) {
    const series = await storedSeries(stored, { ...key, timeframe }, span, prefer);
    const made = isOwn
      ? series.candles
      : resample(series.candles, key.timeframe, { source: "strict" });
    pieces.candles = interleave(pieces.candles, made);
    pieces.known.push(...(isOwn ? series.known : runs(made)));
    if (!isOwn) pieces.torn.push(...tornIn(series.candles, made, span));
    pieces.silent += series.silent;
    pieces.differences.push(...series.differences);
  }
  return pieces;
}

const NO_ROWS = allocateColumns(0);

/** The close times within a span of candles of which only some finer ones are there. */
function tornIn(finer: Candles, made: Candles, { from, to }: Span): number[] {
  const whole = new Set(made.time), torn = new Set<number>(), { timeframe } = made;
  for (const time of finer.time) {
    const label = closeTime(openTime(time, finer.timeframe), timeframe);
    if (!whole.has(label) && openTime(label, timeframe) >= from && label <= to) torn.add(label);
  }
  return [...torn];
}
