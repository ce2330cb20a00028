import type { BotRecord } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import { BotCandles } from "../bots/bot_candles.ts";

/** The close time of the newest candle that a bot can decide now, if there is one behind its last. */
export async function newestToDecide(store: Store, bot: BotRecord): Promise<number | undefined> {
  const candles = new BotCandles(store, bot), { market, others } = candles;
  const newest = await store.marketData.latestCandle(market);
  if (others.length === 0 || newest === undefined) return newest?.time;
  const to = await candles.through();
  if (newest.time <= to) return newest.time;
  const after = bot.cursor ?? bot.run.anchor;
  if (to <= after) return undefined;
  return (await store.marketData.candles(market, { after, to })).time.at(-1);
}
