import type { Candles } from "../market/candles.ts";
import { fillSilence } from "../market/fill_silence.ts";
import { openTime } from "../market/timeframe.ts";
import type { MarketKey } from "../ports/store.ts";
import type { Difference } from "./archive/difference.ts";
import { runs } from "./archive/holes.ts";
import { partSpan } from "./archive/layout.ts";
import { coverage, overlap, type Span } from "./archive/spans.ts";
import { joinCandles, type Joined, type Prefer, type Stored } from "./join_candles.ts";

/** The candles of one stored series. */
export interface StoredSeries {
  /** Silent intervals included, as `empty` candles. */
  candles: Candles;
  /** Of which time they are all. */
  known: Span[];
  /** How many of them stand for silent intervals. */
  silent: number;
  /** Where archive and database differ. */
  differences: Difference[];
}

/** The candles of a series that lie wholly within [from, to]: see `joinCandles`. */
export async function storedSeries(
  stored: Stored,
  key: MarketKey,
  { from, to }: Span,
  prefer?: Prefer,
): Promise<StoredSeries> {
  const { candles, observed, differences } = await joinedFrom(stored, key, { from, to }, prefer);
  const whole = fillSilence(candles, observed).between(from, to);
  return {
    candles: whole,
    known: coverage([...overlap(observed, [{ from, to }]), ...runs(whole)]),
    silent: whole.length - candles.between(from, to).length,
    differences,
  };
}

/** With the candle before `from`, if that is known to be silent: what is silent has the close before it. */
async function joinedFrom(
  stored: Stored,
  key: MarketKey,
  { from, to }: Span,
  prefer?: Prefer,
): Promise<Joined> {
  if (!isFinite(from)) return await joinCandles(stored, key, { from, to }, prefer);
  for (let begin = partSpan(from, key.timeframe).from;;) {
    const joined = await joinCandles(stored, key, { from: begin, to }, prefer);
    const { candles: { time, length }, observed } = joined;
    const isLed = length > 0 && openTime(time[0], key.timeframe) <= from;
    if (isLed || observed.length === 0 || observed[0].from > begin) return joined;
    begin = partSpan(begin - 1, key.timeframe).from;
  }
}
