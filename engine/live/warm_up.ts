import { iso } from "../market/checks.ts";
import { intervalStart, nominalLength } from "../market/timeframe.ts";
import { instrumentKey } from "../market/trade.ts";
import type { Clock } from "../ports/clock.ts";
import type { History } from "../ports/history.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import { fillHole } from "./fill_hole.ts";

/** What warming up needs. */
export interface WarmUpPlace {
  store: Store;
  clock: Clock;
  history?: History;
  /** So many candles of each timeframe. */
  warmUp: number;
  tell(message: string): void;
  signal: AbortSignal;
}

/**
 * Stores the exchange's own candles of a market of which there are none, so that indicators need not
 * wait for as many new ones; of the shortest timeframe (`base`) those, too, of which the longer candles
 * that are in the making consist.
 */
export async function warmUp(
  base: MarketKey,
  longer: readonly MarketKey[],
  place: WarmUpPlace,
): Promise<void> {
  if (place.warmUp === 0 || !place.history) return;
  const now = place.clock.now();
  const starts = longer.map(({ timeframe }) => intervalStart(now, timeframe));
  for (const key of [base, ...longer]) {
    if (await place.store.marketData.latestCandle(key)) continue;
    const to = intervalStart(now, key.timeframe);
    const back = to - place.warmUp * nominalLength(key.timeframe);
    const from = intervalStart(key === base ? Math.min(back, ...starts) : back, key.timeframe);
    await fetchCandles(key, { from, to }, place.history, place);
  }
}

async function fetchCandles(
  key: MarketKey,
  hole: { from: number; to: number },
  history: History,
  { store, tell, signal }: WarmUpPlace,
): Promise<void> {
  const name = `${instrumentKey(key)} ${key.timeframe}`;
  try {
    const { candles } = await fillHole(history, { key, hole, previousClose: NaN }, signal);
    await store.marketData.upsertCandles(key, candles);
    tell(`${name}: ${candles.length} candles to begin with, from ${iso(hole.from)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tell(`${name}: begins without earlier candles: ${reason}`);
  }
}
