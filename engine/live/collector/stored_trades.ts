import type { Instrument, Trade } from "../../market/trade.ts";
import type { Store } from "../../ports/store.ts";

/** As far ahead of the last candle as trades may be stored, in milliseconds. */
const AHEAD = 86_400_000;

/** Which trades are stored, of those that a feed may give again. */
export interface StoredTrades {
  /** Whether a trade is stored, or need not be: those from before the time that is looked at. */
  has(trade: Trade): boolean;
}

/**
 * Looks at the trades that are stored from `from` on (UTC milliseconds): each under its own id, and the
 * fills for which one stands under theirs, where ids are numbers. Whether an id is higher or lower than
 * others says nothing: exchanges keep trades back, and many number them in no order.
 */
export async function storedTrades(
  { rawTrades }: Store,
  instrument: Instrument,
  from: number,
): Promise<StoredTrades> {
  const ids = new Set<string>();
  for (
    const { id, fills = 1 } of await rawTrades.between(instrument, "trade", from, from + AHEAD)
  ) {
    ids.add(id);
    if (fills === 1 || !/^\d{1,40}$/.test(id)) continue;
    for (let before = 1; before < fills; before++) ids.add(`${BigInt(id) - BigInt(before)}`);
  }
  return { has: ({ id, timestamp }) => timestamp < from || ids.has(id) };
}
