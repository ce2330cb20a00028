import { isReplayVenue } from "../market/replay_venue.ts";
import { instrumentKey } from "../market/trade.ts";
import type { NewBot } from "../ports/bots.ts";
import type { Bus } from "../ports/bus.ts";
import type { Clock } from "../ports/clock.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import type { Tell } from "../ports/tell.ts";
import { RUN_VERSION } from "../run/run.ts";
import { allMarkets } from "../strategy/all_markets.ts";
import type { Config } from "../strategy/config.ts";
import type { Sharing } from "./manager/bot_manager.ts";
import type { CollectingOptions } from "./collector/collection.ts";
import { Collector, type Provider } from "./collector/collector.ts";
import type { CollectorWatch } from "./collector/collector_stats.ts";
import { FurtherMarkets } from "./further_markets.ts";
import { warmUpOf, warmUpOfConfig } from "./history/warm_up_of.ts";

/** What a runner can do that shares all bots with others. */
export interface Runner {
  /** Whether it knows an exchange. */
  knows(exchange: string): boolean;
  /** Makes what gives an exchange's trades and candles. */
  providerOf(exchange: string): Provider;
  /** A bot of this config that begins now. */
  newBot(config: Config): Promise<NewBot>;
}

/** What it works with. */
export interface RunnerPlace {
  store: Store;
  bus: Bus;
  clock: Clock;
  watch: CollectorWatch;
  tell: Tell;
  /** What is collected anyway. */
  known: readonly MarketKey[];
  collecting: CollectingOptions;
  /** Aborts when everything is to stop. */
  signal: AbortSignal;
}

/** How a runner shares bots: which it can run, what it collects for them, how it starts some anew. */
export function shareBots(runner: Runner, place: RunnerPlace): Sharing & FurtherEnd {
  const { store, tell, signal } = place, configs = new Map<string, Config>();
  const unfit = new Set<string>();
  const further = new FurtherMarkets(place.known, {
    signal,
    collect: (market, until) => collect(runner, place, [...configs.values()], market, until),
    failed({ exchange, symbol }, message) {
      tell(
        `${exchange} ${symbol} cannot be collected here, and its bots are left to others: ${message}`,
        { level: "warning", market: instrumentKey({ exchange, symbol }) },
      );
      unfit.add(exchange);
    },
  });
  return {
    fits: ({ exchange, version }) =>
      version === RUN_VERSION && !isReplayVenue(exchange) && runner.knows(exchange) &&
      !unfit.has(exchange),
    async works(ids) {
      const isNew = ids.some((id) => !configs.has(id));
      for (const { id, config } of isNew ? await store.bots.list() : []) {
        if (!ids.includes(id) || configs.has(id)) continue;
        configs.set(id, config);
        tell(`${id}: at work here`, { bot: id, market: instrumentKey(config.market) });
      }
      further.want(
        ids.flatMap((id) => configs.get(id) ?? []).flatMap((config) => allMarkets(config)),
      );
    },
    async startAnew(wish) {
      const old = await store.bots.find(wish.botId);
      if (!old || !runner.knows(old.config.market.exchange)) return;
      const heir = await runner.newBot(old.config);
      const reason = `started anew: ${heir.id} trades instead`;
      if (!await store.wishes.inherit(wish, heir, reason)) return;
      tell(`${wish.botId}: ${reason}`, {
        bot: wish.botId,
        market: instrumentKey(old.config.market),
      });
    },
    ended: () => further.ended(),
  };
}

/** What is still collected. */
export interface FurtherEnd {
  /** Resolves when nothing is. */
  ended(): Promise<void>;
}

async function collect(
  runner: Runner,
  { store, bus, clock, watch, collecting }: RunnerPlace,
  configs: readonly Config[],
  market: MarketKey,
  until: AbortSignal,
): Promise<void> {
  const collector = new Collector({ store, bus, clock, watch });
  collector.registerProvider(market.exchange, runner.providerOf(market.exchange));
  const wanted = configs.map((config) => ({ config, candles: warmUpOfConfig(config).candles }));
  await collector.startCollection([market], until, { ...collecting, warmUp: warmUpOf(wanted) });
}
