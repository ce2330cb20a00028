import { forgivingBus } from "../../engine/bus/forgiving_bus.ts";
import { openRedisBus } from "../../engine/bus/redis_bus.ts";
import { answering } from "../../engine/live/answering.ts";
import type { CollectorStats } from "../../engine/live/collector/collector_stats.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import type { TapeRow } from "../../engine/market/tape.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { seededRandom } from "../../data/random.ts";
import type { FakeExchange } from "../support/fake_exchange/fake_exchange.ts";
import { type OutageClass, OUTAGES, outages, PATIENCE, type Servers } from "./outages.ts";
import type { FaultRun } from "./report.ts";
import { tapeRun } from "./tape_run.ts";
import { withServers } from "./with_servers.ts";

/** What is run: a tape into a database that goes away by a seed. */
export interface StoreRunOptions {
  seed: number;
  rows: readonly TapeRow[];
  /** So many times faster than it was. */
  pace: number;
  /** The class of outage; the seed's unless given. */
  outage?: OutageClass;
  /** Told what happens. */
  tell?: (message: string) => void;
  /** See `TapeRunOptions`. */
  progress?: (share: number) => void;
  signal?: AbortSignal;
}

/** What came of it. */
export interface StoreRun extends FaultRun {
  faults: OutageClass;
  stats: CollectorStats;
  /** What the collector said. */
  told: readonly string[];
}

/** Outages of a run. */
const TIMES = 2;

/** Sockets are let go when so many trades wait behind a database that is away: sometimes few. */
const ROOM = [{ mostRows: 2_000, queue: 5_000 }, { mostRows: 100_000, queue: 100_000 }];

/** The class of outage that a seed chooses: every one comes in turn. */
export function outageOf(seed: number): OutageClass {
  return OUTAGES[seed % OUTAGES.length];
}

/**
 * Runs a tape through exchange, ccxt and collector into a database that goes away several times, or
 * with a bus that does, and compares what is stored.
 */
export async function storeRun(options: StoreRunOptions): Promise<StoreRun> {
  const { seed, outage = outageOf(seed) } = options;
  let run: StoreRun | undefined;
  await withServers(outage, async (servers) => {
    run = await runOn(servers, outage, options);
  });
  return run!;
}

async function runOn(
  servers: Servers,
  outage: OutageClass,
  { seed, rows, pace, progress, signal, tell = () => {} }: StoreRunOptions,
): Promise<StoreRun> {
  const random = seededRandom(seed), { mostRows, queue } = ROOM[Math.floor(2 * random())];
  const open = await openStore(servers.url, { patience: PATIENCE });
  const store = answering(open, "The database", systemClock);
  const told: string[] = [],
    say = (message: string) => {
      told.push(message);
      tell(message);
    };
  const bus = servers.redis && forgivingBus(await openRedisBus(servers.redis.url), say);
  const ends: number[] = [];
  const tape = {
    ...{ seed, rows, pace, store, bus, mostRows, progress, signal, settings: { queue } },
    dialect: random() < 0.5 ? "okx" as const : "binance" as const,
    tell: say,
  };
  try {
    const { seen, ...run } = await tapeRun(tape, async (exchange) => {
      for (let i = 0; i < TIMES; i++) {
        await progressed(exchange, rows, (i + random()) / TIMES / 2, signal);
        await outages[outage](servers, 200 + 1_800 * random());
        ends.push(performance.now());
      }
    });
    const recoveries = ends.map((end) => (seen.find(({ real }) => real > end)?.real ?? NaN) - end);
    const injected = { [outage]: ends.length }, stuck = run.stuck || (bus && !await wakes(bus));
    return { ...run, seed, faults: outage, injected, recoveries, told, stuck: stuck ?? false };
  } finally {
    await bus?.close();
    await open.close();
  }
}

/** Whether who listens is woken again. */
async function wakes(bus: Bus): Promise<boolean> {
  let heard = false;
  await bus.subscribe("system:events", () => heard = true);
  for (let attempt = 0; attempt < 200 && !heard; attempt++) {
    await bus.publish("system:events", {}).catch(() => {});
    await systemClock.sleep(50);
  }
  return heard;
}

/** Resolves when the exchange has come so far with its tape, a share of it. */
async function progressed(
  exchange: FakeExchange,
  rows: readonly TapeRow[],
  share: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const start = rows[0].trade.timestamp, span = rows.at(-1)!.trade.timestamp - start;
  while (exchange.now() < start + share * span) {
    signal?.throwIfAborted();
    await systemClock.sleep(10);
  }
}
