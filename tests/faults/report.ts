import type { Compared } from "./compare_stored.ts";

/** What came of a run in which something went wrong on purpose. */
export interface FaultRun extends Compared {
  seed: number;
  /** The class of fault. */
  faults: string;
  /** How often each class of fault hit something. */
  injected: Readonly<Record<string, number>>;
  /** For each fault, how long after it ended everything was up to date again, in milliseconds. */
  recoveries: readonly number[];
  /** Whether it had to be given up. */
  stuck: boolean;
}

/** What is told of some runs besides them. */
export interface Around {
  /** The run that must lose trades. */
  control?: FaultRun;
  /** Classes that cannot be tried here, and why. */
  skipped?: Readonly<Record<string, string>>;
  /** How recovery times were measured, for people. */
  recovery?: string;
}

/** What is counted of some runs. */
export interface Counts {
  runs: number;
  injected: number;
  served: number;
  stored: number;
  lost: number;
  duplicated: number;
  compared: number;
  different: number;
  /** Candles that late trades have changed since they were decided. */
  revised: number;
}

/** Recovery times in milliseconds; null where nothing was interrupted. */
export interface ClassReport extends Counts {
  recovery: { p50: number | null; p95: number | null; max: number | null };
}

export interface FaultReport extends Counts {
  stuck: number[];
  classes: Record<string, ClassReport>;
  /** What the run without backfill lost; undefined if there was none. */
  control?: { lost: number; different: number };
  /** Classes of faults that could not be tried here, and why. */
  skipped?: Readonly<Record<string, string>>;
}

/** The runs, counted by what went wrong in them. */
export function reportJson(
  runs: readonly FaultRun[],
  { control, skipped = {} }: Around = {},
): FaultReport {
  const classes: FaultReport["classes"] = {};
  for (const [name, own] of Map.groupBy(runs, ({ faults }) => faults)) {
    classes[name] = { ...countsOf(own), recovery: recoveryOf(own) };
  }
  const stuck = runs.filter((run) => run.stuck).map(({ seed }) => seed);
  const lost = control && { lost: control.lost, different: control.different };
  const more = {
    ...(lost && { control: lost }),
    ...(Object.keys(skipped).length > 0 && { skipped }),
  };
  return { ...countsOf(runs), stuck, classes, ...more };
}

/** Whether nothing was lost, except by the control. */
export function isClean(runs: readonly FaultRun[], control?: FaultRun): boolean {
  const { lost, duplicated, different } = countsOf(runs);
  const clean = lost + duplicated + different === 0 && runs.every(({ stuck }) => !stuck);
  return clean && (!control || control.lost > 0);
}

/** The same for people. */
export function reportText(runs: readonly FaultRun[], around: Around = {}): string {
  const { control, skipped = {}, recovery } = around;
  const { classes, stuck, ...total } = reportJson(runs, around);
  const rows = Object.entries(classes).map(([name, counts]) => rowOf(name, counts));
  const table = [HEAD, ...rows, rowOf("in all", { ...total, recovery: recoveryOf(runs) })];
  const widths = HEAD.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const lines = table.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
  );
  if (recovery) lines.push(recovery);
  for (const [name, why] of Object.entries(skipped)) lines.push(`Not tried: ${name}, ${why}`);
  if (stuck.length > 0) lines.push(`Never up to date again: seeds ${stuck.join(", ")}`);
  if (control) {
    lines.push(
      `Control without backfill: lost ${control.lost}, different ${control.different}` +
        (control.lost > 0 ? ", as it must" : ": it must lose some!"),
    );
  }
  return lines.join("\n");
}

const HEAD = [
  ...[
    "fault",
    "runs",
    "injected",
    "served",
    "stored",
    "lost",
    "duplicated",
    "candles",
    "different",
    "revised",
  ],
  ...["recovery p50", "p95", "max (s)"],
];

function rowOf(name: string, counts: ClassReport): string[] {
  const { runs, injected, served, stored, lost, duplicated, compared, different, revised } = counts;
  const { recovery } = counts;
  const numbers = [runs, injected, served, stored, lost, duplicated, compared, different, revised];
  const seconds = [recovery.p50, recovery.p95, recovery.max].map((value) =>
    value === null ? "—" : (value / 1_000).toFixed(1)
  );
  return [name, ...numbers.map((number) => number.toLocaleString("en-US")), ...seconds];
}

function countsOf(runs: readonly FaultRun[]): Counts {
  const sum = (number: (run: FaultRun) => number) =>
    runs.reduce((total, run) => total + number(run), 0);
  return {
    runs: runs.length,
    injected: sum(({ injected }) => Object.values(injected).reduce((a, b) => a + b, 0)),
    served: sum(({ served }) => served),
    stored: sum(({ stored }) => stored),
    lost: sum(({ lost }) => lost),
    duplicated: sum(({ duplicated }) => duplicated),
    compared: sum(({ compared }) => compared),
    different: sum(({ different }) => different),
    revised: sum(({ revised }) => revised),
  };
}

function recoveryOf(runs: readonly FaultRun[]): ClassReport["recovery"] {
  const all = runs.flatMap(({ recoveries }) => recoveries).toSorted((a, b) => a - b);
  const at = (share: number) =>
    all[Math.min(all.length - 1, Math.floor(share * all.length))] ?? null;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
