import type { BotRecord } from "../../ports/bots.ts";
import type { MarketKey } from "../../ports/store.ts";

/** The candles that a bot goes by: those of its base clock where it has one. */
export function baseOf({ exchange, symbol, timeframe, base }: BotRecord["config"]["market"]) {
  return { exchange, symbol, timeframe: base ?? timeframe } satisfies MarketKey;
}
