import type { ReplaySpeed } from "../exchanges/replay_clock.ts";
import { ReplayFeed } from "../exchanges/replay_feed.ts";
import { newBot } from "../live/bots/run_record.ts";
import { systemClock } from "../live/system_clock.ts";
import type { PaperTrading } from "./paper_trading.ts";
import type { Binding } from "./replay.ts";

/** What a tape is traded on with. */
export function tradeOnTape(
  { bound, ...replay }: Binding,
  speed: ReplaySpeed,
): Pick<PaperTrading, "bots" | "providers" | "source"> {
  const feed = new ReplayFeed({ ...replay, speed }, systemClock);
  const bots = bound.map(({ config, decimals }) =>
    newBot(config, { decimals: decimals ?? null, anchor: 0, start: 0 })
  );
  const exchanges = bound.map(({ config }) => config.market.exchange);
  const providers = new Map(exchanges.map((exchange) => [exchange, { feed }]));
  return { bots, providers, source: "The tape" };
}
