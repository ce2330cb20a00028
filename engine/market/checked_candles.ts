import { type CandleColumns, Candles, KINDS, priceDecimals } from "./candles.ts";
import { checkCandles, inferTimeframe } from "./checks.ts";
import { describeValue } from "./describe_value.ts";
import { didYouMean } from "./did_you_mean.ts";
import { InputError } from "./errors.ts";
import { intervalEnd, isBoundary, parseTimeframe, type Timeframe } from "./timeframe.ts";

/** Which end of its candle a time stands for. */
const STAMPS = ["open", "close"] as const;
export type Stamp = typeof STAMPS[number];

/** What a reader of candles may be told of them: see `checkOrigin`. */
export const ORIGIN_OPTIONS = ["stamp", "timeframe"] as const;

/** Refuses a stamp or timeframe that there is not: another one than is meant would be taken. */
export function checkOrigin({ stamp, timeframe }: Partial<Origin>): void {
  if (timeframe !== undefined) parseTimeframe(String(timeframe));
  if (stamp === undefined || STAMPS.includes(stamp)) return;
  const hint = didYouMean(String(stamp), STAMPS);
  throw new InputError(
    `stamp is ${describeValue(stamp)}, but must be ${STAMPS.join(" or ")}${hint}`,
  );
}

/** What is known of candles that come from outside. */
export interface Origin {
  /** What errors call the source, such as a file's path. */
  source: string;
  stamp: Stamp;
  /** By default the one that fits the times: see `inferTimeframe`. */
  timeframe?: Timeframe;
}

/**
 * Candles from columns that come from outside: the one border where open times become close times
 * (in place). Throws an `InputError` if the timeframe cannot be told, and a `CandleError` with every
 * bad row and its reason.
 */
export function checkedCandles(columns: CandleColumns, origin: Origin): Candles {
  const { source, stamp } = origin;
  const timeframe = origin.timeframe ?? inferTimeframe(columns.time, source);
  if (stamp === "open") labelByClose(columns.time, timeframe);
  checkCandles(columns, timeframe, stamp === "open" ? `${source} (by close time)` : source);
  const candles = new Candles(timeframe, columns, priceDecimals(columns));
  checked.add(candles);
  return candles;
}

/** Candle sets whose rows were looked at, so that a thousand runs over one do so once. */
const checked = new WeakSet<Candles>();

/** Throws a `CandleError` with the rows that are no candles, the first time that it sees the set. */
export function checkOnce(candles: Candles): void {
  if (checked.has(candles)) return;
  checkCandles(candles, candles.timeframe, "this set");
  checked.add(candles);
}

const TRADED = KINDS.indexOf("traded"), EMPTY = KINDS.indexOf("empty");
const BACKFILLED = KINDS.indexOf("backfilled");

/**
 * The kind of a candle from a source that does not name it, as an index into `KINDS`. Volume without
 * trades comes from a source that does not count them.
 */
export function kindByTrades(trades: number, volume = 0): number {
  if (Number.isNaN(trades) || (trades === 0 && volume > 0)) return BACKFILLED;
  return trades > 0 ? TRADED : EMPTY;
}

/** A time off the grid stays as it is, for the checks to name. */
function labelByClose(times: Float64Array, timeframe: Timeframe): void {
  for (let i = 0; i < times.length; i++) {
    if (isBoundary(times[i], timeframe)) times[i] = intervalEnd(times[i], timeframe);
  }
}
