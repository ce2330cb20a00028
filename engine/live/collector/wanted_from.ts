import { isReplayVenue } from "../../market/replay_venue.ts";
import { type Instrument, instrumentKey } from "../../market/trade.ts";
import { AT_WORK } from "../../ports/bot_status.ts";
import type { Store } from "../../ports/store.ts";
import { allMarkets } from "../../strategy/all_markets.ts";

/** A market of which nothing came for longer than this begins when something comes, in milliseconds. */
const REACH = 24 * 60 * 60_000;

/**
 * The exchange's time, UTC milliseconds, from which on bots act on a market: the earliest of those that
 * are at work and began within a day of `now`. Nothing of it is stored yet, but a process that was killed
 * before the first candle may have listened since then, and on an exchange without candles of its own
 * nothing else tells. A bot that has candles of another timeframe needs none from before the last of
 * these: they were made already. `undefined` if there is no such bot, and of a tape, which is read from
 * its beginning.
 */
export async function wantedFrom(
  { bots, marketData }: Pick<Store, "bots" | "marketData">,
  instrument: Instrument,
  now: number,
): Promise<number | undefined> {
  if (isReplayVenue(instrument.exchange)) return undefined;
  const name = instrumentKey(instrument);
  let earliest: number | undefined;
  for (const { status, config, run } of await bots.list()) {
    const own = allMarkets(config).find((one) => instrumentKey(one) === name);
    if (!own || !AT_WORK.includes(status)) continue;
    const from = Math.max(run.start, (await marketData.latestCandle(own))?.time ?? -Infinity);
    if (from > now - REACH) earliest = Math.min(from, earliest ?? Infinity);
  }
  return earliest;
}
