import { seededRandom } from "../../data/random.ts";
import { ccxtFeed, type CcxtFeedOptions } from "../../engine/exchanges/ccxt_feed.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Feed } from "../../engine/ports/feed.ts";
import type { DialectName } from "../support/fake_exchange/dialect.ts";
import { type FakeExchange, startFakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { quickClock } from "./quick_clock.ts";

/** The venues whose messages are known. */
export const DIALECTS: readonly DialectName[] = ["okx", "binance", "coinbase", "kraken"];

/** An exchange that stands still until it is moved. */
export function stepped(dialect: DialectName, trades: readonly TapeRow[]): Promise<FakeExchange> {
  const symbols = [...new Set(trades.map(({ instrument }) => instrument.symbol))];
  const instruments = symbols.map((symbol) => ({ symbol }));
  const options = { pace: "stepped" as const, aggregate: false, rateLimits: false };
  return startFakeExchange({ dialect, trades, instruments, ...options });
}

/** A feed of it, in whose time all waiting takes a fortieth. */
export function feedOf(
  dialect: DialectName,
  exchange: FakeExchange,
  more: Partial<CcxtFeedOptions> = {},
): Feed {
  const clock = quickClock(() => exchange.localNow(), 40), random = seededRandom(1);
  const options = { urls: exchange.urls, enableRateLimit: false, timeout: 2_000 };
  return ccxtFeed({ venue: dialect, options, clock, random, ...more });
}
