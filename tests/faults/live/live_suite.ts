import type { TapeRow } from "../../../engine/market/tape.ts";
import { note } from "../../../engine/cli/output.ts";
import { findServer } from "../../../engine/storage/server.ts";
import type { Tables } from "../../laws/parity_tables.ts";
import { sideBySide } from "../side_by_side.ts";
import { LIVE_CLASSES, type LiveClass, liveKind } from "./live_classes.ts";
import { skippedLive, withLivePlace } from "./live_places.ts";
import { type AroundLive, wrongOf } from "./live_report.ts";
import { type LiveRun, liveRun } from "./live_run.ts";
import { type LiveDialect, type Piece, pieceOf } from "./played_market.ts";
import { openSignals, type Signals } from "./signals.ts";
import { undisturbed } from "./undisturbed.ts";

/** What is run. */
export interface LiveSuiteOptions {
  rows: readonly TapeRow[];
  /** The classes of which seeds are run; all unless given. */
  only?: readonly LiveClass[];
  /** So many of their seeds, or this one. */
  seeds: number | { one: number };
  /** Whether a decision is two transactions: then something has to be lost. */
  splits: boolean;
  signal: AbortSignal;
}

/** What came of it. */
export interface LiveSuite {
  runs: LiveRun[];
  around: AroundLive;
}

/** Runs at once: most of the time they wait. */
const AT_ONCE = 4;

/** What all runs of a suite have in common. */
interface Common {
  piece: Piece;
  signals: Signals;
  server: string;
  splits: boolean;
}

/** Runs live processes by seeds, each against what an undisturbed run leaves. */
export async function liveSuite(options: LiveSuiteOptions): Promise<LiveSuite> {
  const begun = performance.now(), { rows, signal, splits } = options, runs: LiveRun[] = [];
  const { seeds, skipped } = seedsOf(options), isOne = seeds.length === 1;
  let control: LiveRun[] | undefined;
  const server = await findServer(note);
  const common = { piece: pieceOf(rows), signals: openSignals(), server: server.url, splits };
  try {
    const dialects = new Set(seeds.map((seed) => liveKind(seed).dialect));
    const expected = await expectedTables([...dialects], common, signal);
    await sideBySide(seeds, signal, async (seed) => {
      const kind = liveKind(seed), { dialect } = kind, tell = isOne ? note : undefined;
      const run = await withLivePlace(
        kind,
        common.server,
        (place) => liveRun({ ...common, seed, kind, place, expected: expected.get(dialect), tell }),
      );
      report(runs, run, seeds.length, begun);
    }, AT_ONCE);
    if (!splits && !isOne) control = await controls(common, expected, signal);
  } finally {
    await common.signals.close();
    await server.release();
  }
  runs.sort((a, b) => a.seed - b.seed);
  const seconds = (performance.now() - begun) / 1_000;
  return splits
    ? { runs: [], around: { control: runs, skipped, seconds } }
    : { runs, around: { control, skipped, seconds } };
}

/** Three processes that end between the halves of a decision: something has to be lost. */
async function controls(
  common: Common,
  expected: ReadonlyMap<LiveDialect, Tables>,
  signal: AbortSignal,
): Promise<LiveRun[]> {
  const kind = { faults: "inTransaction", dialect: "binance", bus: "postgres" } as const;
  const tables = expected.get(kind.dialect), runs: LiveRun[] = [];
  if (!tables) return runs;
  note(
    "The control: processes whose transactions are split in two, and that end between the halves",
  );
  await sideBySide([0, 1, 2], signal, async (seed) => {
    const split = { ...common, seed, kind, expected: tables, splits: true };
    runs.push(await withLivePlace(kind, common.server, (place) => liveRun({ ...split, place })));
  }, AT_ONCE);
  return runs;
}

/** The seeds to run, and which classes cannot be tried here. */
function seedsOf({ only = LIVE_CLASSES, seeds: wanted }: LiveSuiteOptions) {
  const why = only.map((name) => [name, skippedLive(name)] as const);
  const skipped = Object.fromEntries(why.flatMap(([name, word]) => word ? [[name, word]] : []));
  if (typeof wanted === "object") return { seeds: [wanted.one], skipped: {} };
  const all = Array.from({ length: wanted * LIVE_CLASSES.length }, (_, seed) => seed);
  const chosen = all.filter((seed) => only.includes(liveKind(seed).faults)).slice(0, wanted);
  return { seeds: chosen.filter((seed) => !(liveKind(seed).faults in skipped)), skipped };
}

/** What an undisturbed run leaves on each exchange: computed once. */
async function expectedTables(
  dialects: readonly LiveDialect[],
  common: Common,
  signal: AbortSignal,
): Promise<Map<LiveDialect, Tables>> {
  const expected = new Map<LiveDialect, Tables>();
  await sideBySide(dialects.map((_, i) => i), signal, async (i) => {
    const kind = { dialect: dialects[i] };
    const tables = await withLivePlace(
      {},
      common.server,
      (place) => undisturbed({ ...common, kind, place, splits: false }),
    );
    expected.set(kind.dialect, tables);
    const { bots, signals, trades, fills, bot_performance: decided } = tables;
    note(
      `An undisturbed run on ${kind.dialect}: ${bots.length} bots, ${decided.length} rows of equity, ` +
        `${signals.length} signals, ${fills.length} fills, ${trades.length} trades; as backtests and the ` +
        `naive candles have it`,
    );
  });
  return expected;
}

/** Takes note of a run, and says so if it went wrong, or now and then. */
function report(runs: LiveRun[], run: LiveRun, all: number, begun: number): void {
  runs.push(run);
  const { seed, faults, missed, duplicated, missing, different, stuck, failures, injected } = run;
  const isBad = wrongOf(run) > 0 || stuck || failures.length > 0 || injected === 0;
  if (!isBad && all > 1 && runs.length % 10 !== 0) return;
  const left = (performance.now() - begun) / runs.length * (all - runs.length);
  note(
    `${runs.length} of ${all}: seed ${seed}, ${faults}, ${run.seconds.toFixed(1)} s: injected ` +
      `${injected}, missed ${missed}, duplicated ${duplicated}, missing ${missing}, different ` +
      `${different}${stuck ? ", stuck" : ""}${failures.map((one) => `; ${one}`).join("")}` +
      (all > runs.length ? `; ${Math.ceil(left / 60_000)} min left` : ""),
  );
}
