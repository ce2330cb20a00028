import type { ReplaySpeed } from "../exchanges/replay_clock.ts";
import { ReplayFeed } from "../exchanges/replay_feed.ts";
import { heldBot, tellHeld } from "../live/bots/held_bot.ts";
import { newBot } from "../live/bots/run_record.ts";
import { systemClock } from "../live/system_clock.ts";
import { InputError } from "../market/errors.ts";
import type { NewBot } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import { note } from "./output.ts";
import type { PaperTrading } from "./paper_trading.ts";
import type { Binding, BoundConfig } from "./replay.ts";

/**
 * What a tape is traded on with. Bots that a person has to start are left where they are, and told. Throws
 * an `InputError` if there is no other.
 */
export async function tradeOnTape(
  store: Store,
  { bound, ...replay }: Binding,
  speed: ReplaySpeed,
): Promise<Pick<PaperTrading, "bots" | "providers" | "source">> {
  const feed = new ReplayFeed({ ...replay, speed }, systemClock);
  const bots = await botsToTrade(store, bound);
  if (bots.length === 0) {
    throw new InputError("Nothing is traded: there is no bot left for the tape");
  }
  const exchanges = bound.map(({ config }) => config.market.exchange);
  const providers = new Map(exchanges.map((exchange) => [exchange, { feed }]));
  return { bots, providers, source: "The tape" };
}

async function botsToTrade(store: Store, bound: readonly BoundConfig[]): Promise<NewBot[]> {
  const stored = await store.bots.list(), bots: NewBot[] = [];
  for (const { config, decimals } of bound) {
    const held = await heldBot(store, config, stored);
    if (held) tellHeld(held, note);
    else bots.push(newBot(config, { decimals: decimals ?? null, anchor: 0, start: 0 }));
  }
  return bots;
}
