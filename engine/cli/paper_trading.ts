import { answering } from "../live/answering.ts";
import { BotManager } from "../live/manager/bot_manager.ts";
import type { CollectingOptions } from "../live/collector/collection.ts";
import { Collector, type Provider } from "../live/collector/collector.ts";
import { botsThatRun } from "../live/bots/bots_that_run.ts";
import { stopEdited } from "../live/bots/stop_edited.ts";
import { tellNewRuns } from "../live/bots/tell_new_runs.ts";
import { systemClock } from "../live/system_clock.ts";
import { verifyNightly } from "../live/verify/nightly.ts";
import { InputError } from "../market/errors.ts";
import { LEASES } from "../live/manager/leases.ts";
import { type Runner, shareBots } from "../live/share_bots.ts";
import type { Bus } from "../ports/bus.ts";
import { AT_WORK } from "../ports/bot_status.ts";
import type { BotRecord, NewBot } from "../ports/bots.ts";
import type { MarketKey, Store } from "../ports/store.ts";
import { allMarkets } from "../strategy/all_markets.ts";
import { type BotResult, botResult, botTable } from "./bot_table.ts";
import { coldLines } from "./cold_lines.ts";
import { insist } from "./insist.ts";
import { note, print } from "./output.ts";
import { reportSource, watchSource } from "./tell_source.ts";
import { unlessAway } from "./unless_away.ts";

/** What is traded on paper, and on what. */
export interface PaperTrading {
  bots: readonly NewBot[];
  /** Where each exchange's trades come from. */
  providers: ReadonlyMap<string, Provider>;
  collecting?: CollectingOptions;
  /** What messages call the source: "The tape", "The market". */
  source: string;
  /** End, and tell what came of it, when the source does; else rest then, until someone stops it. */
  endsWithSource: boolean;
  /** Whether the bots stay in the database when it ends; they do unless it is said that they do not. */
  isKept?: boolean;
  /** What it can do for all bots that trade live, if it shares them with other processes. */
  runner?: Runner;
  /** Whether bots that were at work on these markets go on, too, though nobody named them. */
  restores: boolean;
  /** Aborts when someone stops it. */
  stop: AbortSignal;
  /** The hour, UTC, at which bots are verified each night; they are not unless given. */
  verifyHour?: number;
}

/**
 * Runs collector and bots until the source ends or someone stops them, and prints what the bots did.
 * A database that goes away is waited for, but not by someone who stops: that is an
 * `UnreachableError`. One that ends with its source ends, too, when somebody has ended all its bots.
 * Throws an `InputError` if some bots that it alone had did not get to the end.
 */
export async function paperTrade(store: Store, bus: Bus, trading: PaperTrading): Promise<void> {
  await unlessAway(store, trading.stop, trade(store, bus, trading));
}

async function trade(
  openStore: Store,
  bus: Bus,
  {
    bots,
    providers,
    collecting,
    source,
    endsWithSource,
    restores,
    runner,
    stop,
    verifyHour,
    isKept,
  }: PaperTrading,
): Promise<void> {
  const store = answering(openStore, "The database", systemClock);
  const clock = systemClock;
  const collector = new Collector({ store, bus, clock, watch: watchSource(source) });
  for (const [exchange, provider] of providers) collector.registerProvider(exchange, provider);
  const markets = distinct(bots.flatMap(({ config }) => allMarkets(config)));
  const known = { known: markets, collecting: collecting ?? {}, tell: note, signal: stop };
  const sharing = runner && shareBots(runner, { store, collector, clock, ...known });
  const manager = new BotManager(store, bus, systemClock, note, LEASES, sharing);
  // Who may start its bots again, from the page or elsewhere, finds the source where it is by then.
  const over = endsWithSource ? AbortSignal.any([stop, manager.lost]) : stop;
  if (!endsWithSource) manager.lost.addEventListener("abort", () => note(NONE_AT_WORK));
  try {
    const ids = await startBots(store, manager, bots);
    if (sharing) manager.standBy();
    const isOurs = ({ config }: BotRecord) =>
      !sharing && restores &&
      allMarkets(config).every((market) => markets.some(isSame(market)));
    for (const id of await manager.restore(isOurs)) {
      if (!ids.has(id)) note(`${id} was at work, and goes on`, { bot: id });
      ids.add(id);
    }
    if (verifyHour !== undefined) {
      const mine = () => manager.in("working"), night = { clock: systemClock, hour: verifyHour };
      verifyNightly({ store, bus, log: note, stop: over, mine, ...night });
    }
    await (sharing?.collect() ?? collector.startCollection(markets, over, collecting));
    if (!over.aborted) await insist(() => manager.caughtUp(), over);
    if (!sharing) reportSource(source, collector.stats);
    // Who only stands by has no source that could end.
    if (markets.length === 0) await systemClock.sleep(FOREVER, over);
    // Nothing comes any more that a bot could decide, so that none is left which seems to be at work.
    const ended = `${source.toLowerCase()} ended`;
    if (!over.aborted) {
      await insist(() => manager.finish(ended), over);
      if (!endsWithSource) await rest(source, manager.in("working").length, stop);
    }
    for (const id of manager.in("working")) ids.add(id);
    await manager.stop();
    await sharing?.ended();
    if (sharing) reportSource(source, collector.stats);
    const theirs = new Set([...manager.in("elsewhere"), ...manager.in("ended")]);
    const all = await insist(() => results(store, ids, theirs), stop);
    print(botTable(all, { isKept }));
    // Who stops a live process does not wait for whole histories to be read.
    if (endsWithSource && !sharing) (await coldLines(store, all)).forEach((line) => note(line));
    if (!sharing) refuseUnfinished(all, manager);
  } finally {
    await manager.stop();
  }
}

const NONE_AT_WORK =
  "No bot is at work any more: one that is started goes on here, and Ctrl-C ends this";

/** Leaves what was done to be looked at, until someone stops it. */
async function rest(source: string, finished: number, stop: AbortSignal): Promise<void> {
  const bots = finished > 0 ? "its bots are finished" : "none of its bots was at work any more";
  note(`${source} has ended, and ${bots}: Ctrl-C ends this, too`);
  await systemClock.sleep(FOREVER, stop);
}

/** The longest that a timer can wait. */
const FOREVER = 2 ** 31 - 1;

async function startBots(
  store: Store,
  manager: BotManager,
  bots: readonly NewBot[],
): Promise<Set<string>> {
  tellNewRuns(bots, await store.bots.list(), note);
  await stopEdited(store, bots, note);
  for (const bot of bots) {
    const { id, status } = await store.bots.create(bot);
    if (AT_WORK.includes(status)) manager.adopt(id);
    else if (status !== "finished") manager.start(id);
  }
  return new Set(bots.map(({ id }) => id));
}

/** What the bots did; those of this process have stopped, but for `theirs`, which others have or had. */
async function results(
  store: Store,
  ids: ReadonlySet<string>,
  theirs: ReadonlySet<string>,
): Promise<BotResult[]> {
  const bots = (await store.bots.list()).filter(({ id }) => ids.has(id));
  const seen = { now: systemClock.now(), held: await botsThatRun(store.bots, [...theirs]) };
  return await Promise.all(bots.map((bot) => botResult(store, bot, seen)));
}

function refuseUnfinished(all: readonly BotResult[], manager: BotManager): void {
  const over = new Set([...manager.in("ended"), ...manager.in("quarantined")]);
  const problems = all.filter(({ id, status }) => over.has(id) && status !== "finished")
    .map(({ id, status, reason }) =>
      status === "quarantined"
        ? `${id}: crashed too often`
        : `${id}: ${status}${reason && `, ${reason}`}`
    );
  if (problems.length > 0) throw new InputError(`Not traded to the end: ${problems.join("; ")}`);
}

function distinct(markets: readonly MarketKey[]): MarketKey[] {
  return markets.filter((market, i) => markets.findIndex(isSame(market)) === i);
}

function isSame(a: MarketKey): (b: MarketKey) => boolean {
  return (b) => a.exchange === b.exchange && a.symbol === b.symbol && a.timeframe === b.timeframe;
}
