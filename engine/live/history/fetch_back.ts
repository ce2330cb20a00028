import type { Candle } from "../../market/candles.ts";
import { intervalStart, nominalLength, openTime } from "../../market/timeframe.ts";
import type { History } from "../../ports/history.ts";
import type { MarketKey } from "../../ports/store.ts";
import { fillHole } from "./fill_hole.ts";

/** So many candles are asked for at once. */
const PIECE = 3_000;

/** Exchanges that refuse to go back so far are asked for half as many, down to this. */
const FEWEST = 30;

/** What is to be fetched, UTC milliseconds. */
export interface SpanBack {
  from: number;
  to: number;
  /** The exchange may not have closed the newest of it: then the rest will do. */
  isNew?: boolean;
}

/**
 * The exchange's own candles from `from` up to `to`, the newest piece first, each piece oldest first and without
 * a hole up to the one before: what was had stays when the exchange does not go back any further. Throws what
 * `history` throws when it is asked for few.
 */
export async function* fetchBack(
  history: History,
  key: MarketKey,
  { from, to, isNew = false }: SpanBack,
  signal: AbortSignal,
): AsyncGenerator<Candle[]> {
  const { timeframe } = key, length = nominalLength(timeframe);
  let end = to, size = Math.min(PIECE, Math.ceil((to - from) / length)), mayEnd = isNew;
  while (end > from && !signal.aborted) {
    const start = intervalStart(Math.max(from, end - size * length), timeframe);
    const hole = { from: start, to: end };
    try {
      const { candles } = await fillHole(history, { key, hole, previousClose: NaN }, signal);
      // Silence behind a candle that is further back, perhaps.
      if (candles.length === 0 && start > from) size *= 2;
      if (candles.length === 0 && start > from) continue;
      if (candles.length === 0 || !mayEnd && candles[candles.length - 1].time !== end) return;
      yield candles;
      end = openTime(candles[0].time, timeframe);
      mayEnd = false;
    } catch (error) {
      const isLast = size <= Math.min(FEWEST, Math.ceil((end - from) / length));
      if (isLast || signal.aborted) throw error;
      size = Math.max(1, size >> 1);
    }
  }
}
