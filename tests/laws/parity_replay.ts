import { forgivingBus } from "../../engine/bus/forgiving_bus.ts";
import { openPostgresBus } from "../../engine/bus/postgres_bus.ts";
import type { ReplaySpeed } from "../../engine/exchanges/replay_clock.ts";
import { ReplayFeed } from "../../engine/exchanges/replay_feed.ts";
import { BotManager } from "../../engine/live/manager/bot_manager.ts";
import { Collector } from "../../engine/live/collector/collector.ts";
import type { CollectorStats } from "../../engine/live/collector/collector_stats.ts";
import { newBot } from "../../engine/live/bots/run_record.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import type { Feed } from "../../engine/ports/feed.ts";
import type { Store } from "../../engine/ports/store.ts";
import { baseMarket } from "../../engine/market/base_market.ts";
import { otherMarkets } from "../../engine/strategy/all_markets.ts";
import type { Config } from "../../engine/strategy/config.ts";
import { withStore } from "../support/database.ts";

/** How a tape is replayed for law 3. */
export interface ParityReplay {
  path: string;
  configs: readonly Config[];
  speed?: ReplaySpeed;
  /** Opens the bus, which is PostgreSQL's unless given. */
  openBus?: () => Promise<Bus>;
  /** Puts something between feed and collector. */
  feed?: (feed: Feed) => Feed;
  /** Puts something between the bots and their store. */
  store?: (store: Store) => Store;
}

/** Runs `test` with a fresh database and a way to replay into it, as `live` does, once or more. */
export async function withReplays(
  test: (store: Store, replay: (options: ParityReplay) => Promise<CollectorStats>) => Promise<void>,
): Promise<void> {
  await withStore(async (store, { url }) => {
    await test(store, async (options) => {
      // As every command has it.
      const bus = forgivingBus(await (options.openBus?.() ?? openPostgresBus(url)), () => {});
      try {
        return await replayTape(store, bus, options);
      } finally {
        await bus.close();
      }
    });
  });
}

async function replayTape(
  store: Store,
  bus: Bus,
  { path, configs, speed = "max", feed = same, store: wrap = same }: ParityReplay,
): Promise<CollectorStats> {
  const tape = new ReplayFeed({ path, speed, venue: (exchange) => exchange }, systemClock);
  const manager = new BotManager(wrap(store), bus, systemClock);
  for (const config of configs) {
    const decimals = await tape.priceDecimals(config.market) ?? null;
    const { id } = await store.bots.create(newBot(config, { decimals, anchor: 0, start: 0 }));
    manager.start(id);
  }
  const wanted = configs.flatMap((it) => [baseMarket(it.market), ...otherMarkets(it)]);
  const markets = new Map(wanted.map((market) => [JSON.stringify(market), market]));
  const collector = new Collector({ store, bus, clock: systemClock }),
    provider = { feed: feed(tape) };
  for (const { market } of configs) collector.registerProvider(market.exchange, provider);
  try {
    await collector.startCollection(
      [...markets.values()],
      new AbortController().signal,
    );
    await manager.caughtUp();
  } finally {
    await manager.stop();
  }
  return collector.stats;
}

function same<T>(value: T): T {
  return value;
}
