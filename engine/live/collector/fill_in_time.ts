import type { Unseen } from "../../market/candle_builder.ts";
import type { Candle } from "../../market/candles.ts";
import { messageOf } from "../../market/errors.ts";
import { instrumentKey } from "../../market/trade.ts";
import { fillHole, type HoleToFill } from "../history/fill_hole.ts";
import type { MarketPlace } from "./market_place.ts";
import { timeLimit } from "../time_limit.ts";

/** The exchange has so long to give the candles of a hole, in milliseconds. */
const FILLING = 60_000;

/** Exchanges finish a candle some seconds after its end: so long it is asked for again, and how often. */
const FINISHING = 15_000, AGAIN = 2_000;

/**
 * Fills a hole with the exchange's own candles, which are given to `put`, oldest first. Returns what is
 * still missing: all that is left of it when the exchange does not give it within a minute, or everything
 * is to stop.
 */
export async function fillInTime(
  place: Pick<MarketPlace, "clock" | "timeOf" | "history" | "signal" | "stats" | "tell">,
  { key, hole, previousClose }: HoleToFill,
  put: (candle: Candle) => void,
): Promise<Unseen[]> {
  const { clock, timeOf, history, signal, stats, tell } = place, missing: Unseen[] = [];
  if (!history) return [hole];
  const limit = timeLimit(FILLING, clock, signal);
  let rest: Unseen | undefined = hole, close = previousClose;
  try {
    while (rest) {
      const filling = await fillHole(
        history,
        { key, hole: rest, previousClose: close },
        limit.signal,
      );
      for (const candle of filling.candles) put(candle);
      stats.backfilled += filling.candles.length;
      close = filling.candles.at(-1)?.close ?? close;
      const isNew = ({ to }: Unseen) => timeOf(key.exchange) < to + FINISHING;
      rest = filling.missing.find((one) => one.to === hole.to && isNew(one));
      missing.push(...filling.missing.filter((one) => one !== rest));
      if (rest) await clock.sleep(AGAIN, limit.signal);
      if (rest && limit.signal.aborted) break;
    }
  } catch (error) {
    if (!signal.aborted) {
      const market = instrumentKey(key), level = "warning";
      tell(`${market}: a hole cannot be filled: ${messageOf(error)}`, { level, market });
    }
  } finally {
    limit.end();
  }
  return rest ? [...missing, rest] : missing;
}
