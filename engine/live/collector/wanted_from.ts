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
 * nothing else tells. `undefined` if there is no such bot, and of a tape, which is read from its beginning.
 */
export async function wantedFrom(
  { bots }: Pick<Store, "bots">,
  instrument: Instrument,
  now: number,
): Promise<number | undefined> {
  if (isReplayVenue(instrument.exchange)) return undefined;
  const name = instrumentKey(instrument);
  const starts = (await bots.list())
    .filter(({ status, config }) =>
      AT_WORK.includes(status) && allMarkets(config).some((one) => instrumentKey(one) === name)
    )
    .map(({ run }) => run.start)
    .filter((start) => start > now - REACH);
  return starts.length === 0 ? undefined : Math.min(...starts);
}
