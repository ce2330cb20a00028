import { baseMarket } from "../../market/base_market.ts";
import { otherMarkets } from "../../strategy/all_markets.ts";
import type { Config } from "../../strategy/config.ts";
import type { NewBot } from "../../ports/bots.ts";
import { anchorOf, botFromNow } from "./bot_for_config.ts";
import { fetchFront, type Front } from "../history/fetch_front.ts";

/** How a new bot begins: what its instrument is quoted in, and how many candles it is to see first. */
export interface Beginning {
  decimals: number | null;
  candles: number;
}

/** A bot that begins now, with the candles before that: those, too, that nobody needed before it. */
export async function newBotFor(
  config: Config,
  { decimals, candles }: Beginning,
  place: Parameters<typeof fetchFront>[2],
): Promise<NewBot> {
  const from = anchorOf(config, place.clock.now(), candles);
  const front = await fetchFront(baseMarket(config.market), from, place);
  const fronts: Record<string, Front | undefined> = {};
  for (const other of otherMarkets(config)) {
    fronts[other.symbol] = await fetchFront(other, from, place);
  }
  return botFromNow(config, { decimals, now: place.clock.now(), warmUp: candles, front, fronts });
}
