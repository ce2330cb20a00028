import type { Candle } from "../../market/candles.ts";
import { messageOf } from "../../market/errors.ts";
import { iso } from "../../market/time.ts";
import { intervalStart, nominalLength, openTime } from "../../market/timeframe.ts";
import { instrumentKey } from "../../market/trade.ts";
import type { Clock } from "../../ports/clock.ts";
import type { History } from "../../ports/history.ts";
import type { MarketKey, Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";
import { fetchBack, type SpanBack } from "./fetch_back.ts";
import { Pieces } from "../outbox/pieces.ts";
import { timeLimit } from "../time_limit.ts";

/** What fetching candles to begin with needs. */
export interface FetchingPlace {
  clock: Clock;
  history?: History;
  tell: Tell;
  signal: AbortSignal;
}

/** What warming up needs. */
export interface WarmUpPlace extends FetchingPlace {
  store: Store;
  /** So many candles of a market. */
  warmUp(key: MarketKey): number;
}

/** The exchange has so long to give them, in milliseconds; then the market begins with what there is. */
const WARMING = 120_000;

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
  const { clock, store } = place, now = clock.now();
  const starts = longer.map(({ timeframe }) => intervalStart(now, timeframe));
  for (const key of [base, ...longer]) {
    const wanted = place.warmUp(key), { timeframe } = key, all: Candle[][] = [];
    if (wanted === 0 || await store.marketData.latestCandle(key)) continue;
    const to = intervalStart(clock.now(), timeframe), begins = key === base ? starts : [];
    const first = Math.min(to - wanted * nominalLength(timeframe), ...begins);
    const span = { from: intervalStart(first, timeframe), to, isNew: true };
    await fetchInTime(key, span, place, (candles) => Promise.resolve(void all.unshift(candles)));
    await new Pieces(all.flat()).store(async (piece) =>
      void await store.marketData.upsertCandles(key, piece)
    );
  }
}

/**
 * Gives `take` the exchange's candles of a span, as `fetchBack` does, for as long as it has time. Tells what
 * came, and why there are no more. Throws what `take` throws.
 */
export async function fetchInTime(
  key: MarketKey,
  span: SpanBack,
  { history, clock, tell, signal }: FetchingPlace,
  take: (candles: Candle[]) => Promise<void>,
): Promise<void> {
  const { timeframe } = key, name = `${instrumentKey(key)} ${timeframe}`;
  const limit = timeLimit(WARMING, clock, signal);
  let earliest = span.to, count = 0, problem = "the exchange has no more";
  try {
    const pieces = fetchBack(history!, key, span, limit.signal);
    for (;;) {
      const next = await pieces.next().catch((error) => {
        problem = messageOf(error);
        return undefined;
      });
      if (!next || next.done) break;
      await take(next.value);
      earliest = openTime(next.value[0].time, timeframe);
      count += next.value.length;
    }
    if (limit.signal.aborted) problem = "no answer in time";
  } finally {
    limit.end();
  }
  const from = iso(earliest);
  const short = earliest > span.from ? ` and not from ${iso(span.from)}: ${problem}` : "";
  const market = instrumentKey(key);
  if (count > 0) tell(`${name}: ${count} candles to begin with, from ${from}${short}`, { market });
  else tell(`${name}: begins without earlier candles: ${problem}`, { level: "warning", market });
}
