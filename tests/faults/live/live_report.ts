import type { LiveRun } from "./live_run.ts";

/** The shares of runs below which a time lies, and the longest one, in milliseconds; null if there is none. */
export interface Times {
  p50: number | null;
  p95: number | null;
  max: number | null;
}

/** What is counted of some runs. */
export interface LiveCounts {
  runs: number;
  injected: number;
  /** Candles that a bot should have decided and has not. */
  missed: number;
  /** Rows of any table that should not be there, that are not there, and that say something else. */
  duplicated: number;
  missing: number;
  different: number;
  detection: Times;
  recovery: Times;
}

export interface LiveReport extends LiveCounts {
  classes: Record<string, LiveCounts>;
  /** Seeds of runs that got no further. */
  stuck: number[];
  /** Processes that ended otherwise than they should, by seed. */
  failures: Record<string, readonly string[]>;
  /** What the control lost and wrote twice; undefined if there was none. */
  control?: { missed: number; duplicated: number; missing: number; different: number };
  skipped?: Readonly<Record<string, string>>;
  seconds: number;
}

/** What is told of the runs besides them. */
export interface AroundLive {
  /** The runs in which a decision is two transactions. */
  control?: readonly LiveRun[];
  skipped?: Readonly<Record<string, string>>;
  /** How long all of it took. */
  seconds: number;
}

/** The runs, counted by what was done to them. */
export function liveReportJson(
  runs: readonly LiveRun[],
  { control, skipped = {}, seconds }: AroundLive,
): LiveReport {
  const classes: LiveReport["classes"] = {};
  for (const [name, own] of Map.groupBy(runs, ({ faults }) => faults)) {
    classes[name] = countsOf(own);
  }
  const { missed, duplicated, missing, different } = countsOf(control ?? []);
  const failed = runs.filter(({ failures }) => failures.length > 0);
  return {
    ...countsOf(runs),
    classes,
    stuck: runs.filter(({ stuck }) => stuck).map(({ seed }) => seed),
    failures: Object.fromEntries(failed.map(({ seed, failures }) => [seed, failures])),
    ...(control && { control: { missed, duplicated, missing, different } }),
    ...(Object.keys(skipped).length > 0 && { skipped }),
    seconds,
  };
}

/** How much of a run is not as it should be. */
export function wrongOf(
  run: Pick<LiveRun, "missed" | "duplicated" | "missing" | "different">,
): number {
  return run.missed + run.duplicated + run.missing + run.different;
}

/** Whether nothing was lost, except by the control. */
export function isLiveClean(runs: readonly LiveRun[], control?: readonly LiveRun[]): boolean {
  const clean = runs.every((run) => wrongOf(run) === 0 && !run.stuck && run.failures.length === 0);
  return clean && (control?.some((run) => wrongOf(run) > 0) ?? true);
}

const HEAD = [
  ...["fault", "runs", "injected", "missed", "duplicated", "missing", "different"],
  ...["noticed p50", "p95", "max (s)", "recovery p50", "p95", "max (s)"],
];

/** The same for people. */
export function liveReportText(runs: readonly LiveRun[], around: AroundLive): string {
  const { classes, stuck, failures, control, skipped = {}, ...total } = liveReportJson(
    runs,
    around,
  );
  const rows = Object.entries(classes).map(([name, counts]) => rowOf(name, counts));
  const table = [HEAD, ...rows, rowOf("in all", total)];
  const widths = HEAD.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const lines = table.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
  );
  lines.push(
    "Missed: candles that a bot should have decided. The rest are rows of candles, bots, signals, fills, " +
      "refusals, trades and equity,\nbeside those of an undisturbed run. Times are real: from what was " +
      "done until somebody noticed; from a kill, or an outage's end,\nuntil every bot had decided the " +
      "next candle that closed.",
    `${runs.length} runs took ${Math.round(total.seconds)} s`,
  );
  for (const [name, why] of Object.entries(skipped)) lines.push(`Not tried: ${name}, ${why}`);
  if (stuck.length > 0) lines.push(`Never through: seeds ${stuck.join(", ")}`);
  for (const [seed, all] of Object.entries(failures)) lines.push(`Seed ${seed}: ${all.join("; ")}`);
  if (control) lines.push(controlLine(control));
  return lines.join("\n");
}

function controlLine(control: NonNullable<LiveReport["control"]>): string {
  const { missed, missing, duplicated, different } = control, wrong = wrongOf(control);
  return `Control with the transaction split in two: missed ${missed}, missing ${missing}, duplicated ` +
    `${duplicated}, different ${different}${wrong > 0 ? ", as it must" : ": it must lose some!"}`;
}

function rowOf(name: string, counts: LiveCounts): string[] {
  const { runs, injected, missed, duplicated, missing, different, detection, recovery } = counts;
  const numbers = [runs, injected, missed, duplicated, missing, different];
  const times = [detection, recovery].flatMap(({ p50, p95, max }) => [p50, p95, max]);
  return [
    name,
    ...numbers.map((number) => number.toLocaleString("en-US")),
    ...times.map((time) => time === null ? "—" : (time / 1_000).toFixed(time < 1_000 ? 2 : 1)),
  ];
}

function countsOf(runs: readonly LiveRun[]): LiveCounts {
  const sum = (number: (run: LiveRun) => number) =>
    runs.reduce((total, run) => total + number(run), 0);
  return {
    runs: runs.length,
    injected: sum(({ injected }) => injected),
    missed: sum(({ missed }) => missed),
    duplicated: sum(({ duplicated }) => duplicated),
    missing: sum(({ missing }) => missing),
    different: sum(({ different }) => different),
    detection: timesOf(runs.flatMap(({ detections }) => detections)),
    recovery: timesOf(runs.flatMap(({ recoveries }) => recoveries)),
  };
}

/** By the nearest rank. */
function timesOf(times: readonly number[]): Times {
  const all = times.toSorted((a, b) => a - b);
  const at = (share: number) => all[Math.max(0, Math.ceil(share * all.length) - 1)] ?? null;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
