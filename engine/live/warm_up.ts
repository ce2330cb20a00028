import type { Candle } from "../market/candles.ts";
import { iso } from "../market/checks.ts";
import { intervalStart, nominalLength } from "../market/timeframe.ts";
import { instrumentKey } from "../market/trade.ts";
import type { Clock } from "../ports/clock.ts";
import type { History } from "../ports/history.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import { fillHole } from "./fill_hole.ts";
import { Pieces } from "./pieces.ts";
import { timeLimit } from "./time_limit.ts";

/** What warming up needs. */
export interface WarmUpPlace {
  store: Store;
  clock: Clock;
  history?: History;
  /** So many candles of a market. */
  warmUp(key: MarketKey): number;
  tell(message: string): void;
  signal: AbortSignal;
}

/** The exchange has so long to give them, in milliseconds; then the market begins without. */
const WARMING = 60_000;

/** Exchanges that do not go back as far are asked for half as many, down to this. */
const FEWEST = 30;

/**
 * Stores the exchange's own candles of a market of which there are none, so that indicators need not
 * wait for as many new ones; of the shortest timeframe (`base`) those, too, of which the longer candles
 * that are in the making consist. Throws what the store throws.
 */
export async function warmUp(
  base: MarketKey,
  longer: readonly MarketKey[],
  place: WarmUpPlace,
): Promise<void> {
  if (!place.history) return;
  const now = place.clock.now();
  const starts = longer.map(({ timeframe }) => intervalStart(now, timeframe));
  for (const key of [base, ...longer]) {
    if (place.warmUp(key) === 0 || await place.store.marketData.latestCandle(key)) continue;
    const candles = await fetchCandles(key, key === base ? starts : [], place.history, place);
    await new Pieces(candles).store(async (piece) =>
      void await place.store.marketData.upsertCandles(key, piece)
    );
  }
}

/** The newest candles, as many as are wanted or the exchange gives; none if it does not answer. */
async function fetchCandles(
  key: MarketKey,
  starts: readonly number[],
  history: History,
  { clock, warmUp, tell, signal }: WarmUpPlace,
): Promise<Candle[]> {
  const { timeframe } = key, wanted = warmUp(key), name = `${instrumentKey(key)} ${timeframe}`;
  const limit = timeLimit(WARMING, clock, signal);
  let problem: unknown;
  try {
    for (let count = wanted; count >= Math.min(wanted, FEWEST) && !limit.signal.aborted;) {
      const to = intervalStart(clock.now(), timeframe);
      const first = Math.min(to - count * nominalLength(timeframe), ...starts);
      const hole = { from: intervalStart(first, timeframe), to };
      try {
        const { candles } = await fillHole(
          history,
          { key, hole, previousClose: NaN },
          limit.signal,
        );
        tell(`${name}: ${candles.length} candles to begin with, from ${iso(hole.from)}`);
        return candles;
      } catch (error) {
        problem = error;
        count >>= 1;
      }
    }
  } finally {
    limit.end();
  }
  const reason = problem instanceof Error ? problem.message : "no answer in time";
  tell(`${name}: begins without earlier candles: ${reason}`);
  return [];
}
