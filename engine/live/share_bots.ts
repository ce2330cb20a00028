import { InputError } from "../market/errors.ts";
import { isReplayVenue } from "../market/replay_venue.ts";
import { instrumentKey } from "../market/trade.ts";
import type { NewBot } from "../ports/bots.ts";
import type { Clock } from "../ports/clock.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import type { Tell } from "../ports/tell.ts";
import { RUN_VERSION } from "../run/run.ts";
import { allMarkets } from "../strategy/all_markets.ts";
import type { Config } from "../strategy/config.ts";
import type { Sharing } from "./manager/sharing.ts";
import type { CollectingOptions } from "./collector/collection.ts";
import type { Collector, Provider } from "./collector/collector.ts";
import { FurtherMarkets } from "./further_markets.ts";
import { nameOf } from "./growing_collection.ts";
import { UnfitInstruments } from "./unfit_instruments.ts";
import { warmUpOf, warmUpOfConfig } from "./history/warm_up_of.ts";

/** What a runner can do that shares all bots with others. */
export interface Runner {
  /** Whether it knows an exchange. */
  knows(exchange: string): boolean;
  /** What gives an exchange's trades and candles: the same each time. */
  providerOf(exchange: string): Provider;
  /** A bot of this config that begins now. */
  newBot(config: Config): Promise<NewBot>;
}

/** What it works with. */
export interface RunnerPlace {
  store: Store;
  /** Knows who gives the trades of what is collected anyway. */
  collector: Collector;
  clock: Clock;
  tell: Tell;
  /** What is collected anyway, once `collect` is called. */
  known: readonly MarketKey[];
  collecting: CollectingOptions;
  /** Aborts when everything is to stop. */
  signal: AbortSignal;
}

/** How a runner shares bots: which it can run, what it collects for them, how it starts some anew. */
export function shareBots(runner: Runner, place: RunnerPlace): Sharing & SharedCollecting {
  const { store, clock, tell, signal } = place, configs = new Map<string, Config>();
  const unfit = new UnfitInstruments(clock);
  const further = new FurtherMarkets(place.known, {
    ...{ clock, tell, signal },
    collect: (markets, until) => collect(runner, place, [...configs.values()], markets, until),
    failed(failed, message) {
      const market = instrumentKey(failed), rest = unfit.add(market, message) / 60_000;
      const again = `tried again in ${rest} min, its bots are left to others until then`;
      tell(`${market} cannot be collected here: ${message}; ${again}`, {
        level: "warning",
        market,
      });
    },
  });
  const badMarket = (markets: readonly MarketKey[]) => {
    const bad = markets.map(instrumentKey).find((name) => unfit.why(name) !== undefined);
    return bad && `${bad} cannot be collected here: ${unfit.why(bad)}`;
  };
  return {
    refuses({ id, exchange, version }) {
      if (version !== RUN_VERSION) return `it is of version ${version}, and this is ${RUN_VERSION}`;
      if (isReplayVenue(exchange)) return `${exchange} is a tape`;
      if (!runner.knows(exchange)) return `"${exchange}" is no exchange that is known here`;
      // What the markets of one are that never worked here is known once it does.
      const config = configs.get(id);
      return config && badMarket(allMarkets(config));
    },
    async works(ids) {
      const isNew = ids.some((id) => !configs.has(id));
      for (const { id, config } of isNew ? await store.bots.list() : []) {
        if (!ids.includes(id) || configs.has(id)) continue;
        configs.set(id, config);
        tell(`${id}: at work here`, { bot: id, market: instrumentKey(config.market) });
      }
      const markets = ids.flatMap((id) => configs.get(id) ?? []).flatMap(allMarkets);
      further.want(markets.filter((market) => badMarket([market]) === undefined));
    },
    async startAnew(wish) {
      const old = await store.bots.find(wish.botId);
      if (!old || !runner.knows(old.config.market.exchange)) return false;
      const heir = await runner.newBot(old.config);
      const reason = `started anew: ${heir.id} trades instead`;
      const came = await store.wishes.inherit(wish, heir, reason);
      const bot = wish.botId, market = instrumentKey(old.config.market);
      if (came === "made") tell(`${bot}: ${reason}`, { bot, market });
      if (came === "taken") {
        const why = "another run of its name is at work on the same instrument";
        tell(`${bot}: not started anew: ${why}`, { level: "warning", bot, market });
      }
      return came === "made";
    },
    collect: () => further.begin(),
    ended: () => further.ended(),
  };
}

/** What is collected for bots. */
export interface SharedCollecting {
  /**
   * Collects what is collected anyway, and with it what bots need of the same instruments, until
   * everything is to stop. Throws what `Collector.startCollection` throws.
   */
  collect(): Promise<void>;
  /** Resolves when nothing is collected any more for bots that came later. */
  ended(): Promise<void>;
}

async function collect(
  runner: Runner,
  { collector, known, collecting }: RunnerPlace,
  configs: readonly Config[],
  markets: readonly MarketKey[],
  until: AbortSignal,
): Promise<void> {
  for (const exchange of new Set(markets.map((market) => market.exchange))) {
    // What gives those that are collected anyway may be another than the runner's own.
    if (collector.hasProvider(exchange)) continue;
    collector.registerProvider(exchange, runner.providerOf(exchange));
  }
  const ofBots = warmUpOf(configs.flatMap(begun)), own = new Set(known.map(nameOf));
  const warmUp = (key: MarketKey) => {
    const asked = collecting.warmUp?.(key) ?? 0;
    return own.has(nameOf(key)) ? asked : Math.max(asked, ofBots(key));
  };
  await collector.startCollection(markets, until, { ...collecting, warmUp });
}

/** With how many candles a bot begins; of one that cannot be loaded, and does not trade, nothing is known. */
function begun(config: Config): { config: Config; candles: number }[] {
  try {
    return [{ config, candles: warmUpOfConfig(config).candles }];
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}
