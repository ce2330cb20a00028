import { seededRandom } from "../../../data/random.ts";
import { readTables, type Tables } from "../../laws/parity_tables.ts";
import type { Config } from "../../../engine/strategy/config.ts";
import { inTempFolder } from "../../support/temp_folder.ts";
import { DISTURBANCES } from "./disturbances.ts";
import { KILL_POINTS, type KillPoint } from "./kill_points.ts";
import { liveBots } from "./live_bots.ts";
import { killAt, type LiveKind } from "./live_classes.ts";
import type { LivePlace } from "./live_places.ts";
import { type Piece, type PlayedMarket, playMarket } from "./played_market.ts";
import { watchProgress } from "./progress.ts";
import type { Signals } from "./signals.ts";
import { type Injection, Stage } from "./stage.ts";
import { type TableDifferences, tableDifferences } from "./table_differences.ts";

/** What is run: live processes on a piece of a tape, and what goes wrong by a seed. */
export interface LiveRunOptions {
  seed: number;
  kind: Pick<LiveKind, "dialect"> & Partial<LiveKind>;
  piece: Piece;
  place: LivePlace;
  signals: Signals;
  /** What an undisturbed run leaves; nothing is compared without. */
  expected?: Tables;
  /** The control, in which a decision is two transactions. */
  splits?: boolean;
  tell?: (message: string) => void;
}

/** What came of it. */
export interface LiveRun extends TableDifferences {
  seed: number;
  faults: string;
  injected: number;
  /** Milliseconds from each injection until somebody noticed, where somebody did. */
  detections: number[];
  /**
   * Milliseconds from each kill, or from the end of each outage, until every bot had decided the next candle
   * that closed.
   */
  recoveries: number[];
  stuck: boolean;
  /** Processes that ended otherwise than they should. */
  failures: string[];
  tables: Tables;
  /** How long it took, in seconds. */
  seconds: number;
}

/** So many times faster than real time does the exchange's pass. */
const PACE = 25;

/** So long may a trade be under way on this machine and be in time, in real milliseconds. */
const LATENESS = 1_000;

/** Candles that bots begin with. */
const WARM_UP = 60;

/** Runs live processes on a piece of a tape, does to them what the seed says, and compares the tables. */
export async function liveRun(options: LiveRunOptions): Promise<LiveRun> {
  const begun = performance.now(), { piece, kind: { dialect } } = options;
  const market = await playMarket(piece, dialect, PACE);
  try {
    return await inTempFolder(async (folder) => {
      const configs = await liveBots(dialect, market.symbols);
      const args = await liveArguments(folder, configs, market);
      const run = await staged(options, market, args, configs.length);
      return { ...run, seconds: (performance.now() - begun) / 1_000 };
    });
  } finally {
    await market.stop();
  }
}

async function liveArguments(
  folder: string,
  configs: readonly Config[],
  { exchange: { urls } }: PlayedMarket,
): Promise<string[]> {
  const options = `${folder}/exchanges.json`;
  // ccxt's own waits between requests are in real time, which passes much too slowly here.
  const own = { urls, apiKey: "none", enableRateLimit: false };
  await Deno.writeTextFile(options, JSON.stringify({ [configs[0].market.exchange]: own }));
  const paths = configs.map((config) => `${folder}/${config.name}.json`);
  await Promise.all(
    configs.map((config, i) => Deno.writeTextFile(paths[i], JSON.stringify(config))),
  );
  return [...paths, "--exchange-options", options, "--warm-up", `${WARM_UP}`, "--no-dashboard"];
}

async function staged(
  { seed, kind, piece, place, signals, expected, splits = false, tell = () => {} }: LiveRunOptions,
  market: PlayedMarket,
  args: readonly string[],
  bots: number,
): Promise<Omit<LiveRun, "seconds">> {
  const { end } = piece, { database, redis, servers } = place, { faults } = kind;
  const progress = watchProgress(database, bots, end);
  const point = KILL_POINTS.find((point): point is KillPoint => point === faults);
  const orders = {
    ...{ end, splits, grace: LATENESS * PACE },
    ...(point && { kill: killAt(seed, point) }),
  };
  const child = { orders, args, database, redis: redis?.url };
  const random = seededRandom(seed);
  const stage = new Stage({
    market,
    dialect: kind.dialect,
    signals,
    progress,
    random,
    servers,
    child,
    tell,
  });
  try {
    await stage.begin();
    const injections = faults ? await DISTURBANCES[faults](stage) : [];
    const stuck = !await progress.finished(), failures = await stage.end();
    for (const { said } of stage.children) said.forEach(({ line }) => tell(line));
    const tables = await readTables(database);
    const none = { missed: 0, duplicated: 0, missing: 0, different: 0 };
    const differences = expected ? tableDifferences(tables, expected, tell) : none;
    const detections = injections.flatMap(({ began, noticed, notices }) => {
      const at = notices ? stage.noticed(notices, began) : noticed;
      return at === undefined ? [] : [at - began];
    });
    const recoveries = injections.map((one) => recovery(one, stage));
    const counted = { injected: injections.length, detections, recoveries, stuck, failures };
    return { ...differences, ...counted, seed, faults: faults ?? "undisturbed", tables };
  } finally {
    stage.over();
    for (const child of stage.children) if (!child.hasEnded) await stage.kill(child);
    await progress.close();
  }
}

/** How long after its end it took until the next candle that closed then was decided by every bot. */
function recovery({ ended }: Injection, { place: { market: { clock }, progress } }: Stage): number {
  const real = performance.timeOrigin + ended, passed = Math.max(0, real - clock.since!);
  const second = Math.floor((clock.start + passed * clock.pace) / 1_000) * 1_000;
  const wanted = Math.min(second + 1_000, progress.end);
  const first = progress.seen.find(({ at, through }) => at >= ended && through >= wanted);
  return first ? first.at - ended : Infinity;
}
