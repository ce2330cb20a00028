import type { Clock } from "../ports/clock.ts";
import type { CcxtExchange } from "./ccxt_exchange.ts";
import type { FeedSettings } from "./feed_settings.ts";
import type { Refusal } from "./read_trade.ts";
import type { TradeQueue } from "./trade_queue.ts";
import type { VenueTime } from "./venue_time.ts";
import type { VenueTraits } from "./venue_traits.ts";

/** What a link works with. */
export interface LinkPlace {
  exchange: CcxtExchange;
  traits: VenueTraits;
  time: VenueTime;
  clock: Clock;
  random: () => number;
  queue: TradeQueue;
  settings: FeedSettings;
  refused(reason: Refusal, detail: string): void;
  trouble(message: string): void;
}
