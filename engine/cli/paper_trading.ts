import { ReplayFeed } from "../exchanges/replay_feed.ts";
import type { ReplaySpeed } from "../exchanges/replay_clock.ts";
import { answering } from "../live/answering.ts";
import { BotManager } from "../live/bot_manager.ts";
import { Collector } from "../live/collector.ts";
import type { CollectorWatch } from "../live/collector_stats.ts";
import { newBot } from "../live/run_record.ts";
import { systemClock } from "../live/system_clock.ts";
import { iso } from "../market/checks.ts";
import { InputError } from "../market/errors.ts";
import type { Bus } from "../ports/bus.ts";
import type { BotRecord, MarketKey, Store } from "../ports/store.ts";
import type { Config } from "../strategy/config.ts";
import { botResult, botTable } from "./bot_table.ts";
import { note, print } from "./output.ts";
import type { Binding } from "./replay.ts";
import { stopEdited } from "./stop_edited.ts";

/** How a tape is traded on. */
export interface PaperTrading {
  binding: Binding;
  speed: ReplaySpeed;
  /** End when the tape does. */
  exit: boolean;
  /** Aborts when someone stops it. */
  stop: AbortSignal;
}

/**
 * Runs collector and bots until the tape ends or someone stops them, and prints what the bots did.
 * Throws an `InputError` if some bots did not get to the end here.
 */
export async function paperTrade(
  openStore: Store,
  openBus: Bus,
  { binding: { bound, ...replay }, speed, exit, stop }: PaperTrading,
): Promise<void> {
  const store = answering(openStore, "The database", systemClock);
  const bus = answering(openBus, "The bus", systemClock);
  const feed = new ReplayFeed({ ...replay, speed }, systemClock);
  const manager = new BotManager(store, bus, systemClock, note);
  const collector = new Collector({ store, bus, clock: systemClock, watch: watch() });
  const markets = distinct(bound.map(({ config }) => config.market));
  const over = AbortSignal.any([stop, manager.lost]);
  try {
    const ids = await startBots(
      store,
      manager,
      bound.map(({ config, decimals }) =>
        newBot(config, { decimals: decimals ?? null, anchor: 0, start: 0 })
      ),
    );
    for (const id of await manager.restore((bot) => markets.some(sameMarket(bot)))) ids.add(id);
    for (const { exchange } of markets) collector.registerProvider(exchange, { feed });
    await collector.startCollection(markets, over);
    if (!over.aborted) await manager.caughtUp();
    report(collector);
    if (!exit && !over.aborted) await systemClock.sleep(FOREVER, over);
    if (!over.aborted) await manager.finish("the tape ended");
    await manager.stop();
    await printResults(store, ids);
  } finally {
    await manager.stop();
  }
  refuseUnfinished(manager);
}

/** The longest that a timer can wait. */
const FOREVER = 2 ** 31 - 1;

async function startBots(
  store: Store,
  manager: BotManager,
  bots: readonly Pick<BotRecord, "id" | "config" | "run">[],
): Promise<Set<string>> {
  await stopEdited(store, bots);
  for (const bot of bots) {
    const { id, status } = await store.bots.create(bot);
    if (status !== "finished") manager.start(id);
  }
  return new Set(bots.map(({ id }) => id));
}

/** Says every few seconds how far the tape is. */
function watch(): CollectorWatch {
  let said = systemClock.now();
  return {
    refused: (reason) => note(`Left out: ${reason}`),
    trouble: note,
    progress(time) {
      if (systemClock.now() - said < 5_000) return;
      said = systemClock.now();
      note(`The tape is at ${iso(Math.floor(time / 1_000) * 1_000)}`);
    },
  };
}

function report({ stats: { trades, candles, late, refused } }: Collector): void {
  const parts = [`${trades} trades`, `${candles} new candles`];
  if (late > 0) parts.push(`${late} trades too late for their candle`);
  if (refused > 0) parts.push(`${refused} trades left out`);
  note(`The tape gave ${parts.join(", ")}`);
}

async function printResults(store: Store, ids: ReadonlySet<string>): Promise<void> {
  const bots = (await store.bots.list()).filter(({ id }) => ids.has(id));
  print(botTable(await Promise.all(bots.map((bot) => botResult(store, bot)))));
}

function refuseUnfinished(manager: BotManager): void {
  const lost = manager.in("taken over"), quarantined = manager.in("quarantined");
  const problems = [
    ...(lost.length > 0 ? [`${lost.join(", ")}: taken over by another process`] : []),
    ...(quarantined.length > 0 ? [`${quarantined.join(", ")}: crashed too often`] : []),
  ];
  if (problems.length > 0) throw new InputError(`Not traded to the end: ${problems.join("; ")}`);
}

function distinct(markets: readonly MarketKey[]): MarketKey[] {
  return markets.filter((market, i) => markets.findIndex(isSame(market)) === i);
}

function isSame(a: MarketKey): (b: MarketKey) => boolean {
  return (b) => a.exchange === b.exchange && a.symbol === b.symbol && a.timeframe === b.timeframe;
}

function sameMarket({ config }: BotRecord): (market: MarketKey) => boolean {
  return isSame((config as Config).market);
}
