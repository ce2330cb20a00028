import type { Instrument } from "../market/trade.ts";
import type { Store } from "../ports/store.ts";

/** As far ahead of the last candle as trades may be stored, in milliseconds. */
const AHEAD = 86_400_000;

/** The greatest number among the ids of the trades that are stored from `from` on, if there is one. */
export async function newestId(
  { rawTrades }: Store,
  instrument: Instrument,
  from: number,
): Promise<bigint | undefined> {
  const trades = await rawTrades.between(instrument, "trade", from, from + AHEAD);
  const numbers = trades.filter(({ id }) => /^\d{1,30}$/.test(id)).map(({ id }) => BigInt(id));
  return numbers.length === 0 ? undefined : numbers.reduce((a, b) => a > b ? a : b);
}
