import { FAULT_CLASSES, type FaultClass } from "../support/fake_exchange/fault_plan.ts";
import type { FeedRun } from "./feed_run.ts";

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
}

/** Recovery times in milliseconds of the exchange's clock; null where nothing was interrupted. */
export interface ClassReport extends Counts {
  recovery: { p50: number | null; p95: number | null; max: number | null };
}

export interface FaultReport extends Counts {
  stuck: number[];
  classes: Partial<Record<FaultClass | "all", ClassReport>>;
  /** What the run without backfill lost; undefined if there was none. */
  control?: { lost: number; different: number };
}

/** The runs, counted by what went wrong in them. */
export function reportJson(runs: readonly FeedRun[], control?: FeedRun): FaultReport {
  const classes: FaultReport["classes"] = {};
  for (const name of [...FAULT_CLASSES, "all" as const]) {
    const own = runs.filter(({ faults }) => faults === name);
    if (own.length > 0) classes[name] = { ...countsOf(own), recovery: recoveryOf(own) };
  }
  const stuck = runs.filter((run) => run.stuck).map(({ seed }) => seed);
  const lost = control && { lost: control.lost, different: control.different };
  return { ...countsOf(runs), stuck, classes, ...(lost && { control: lost }) };
}

/** Whether nothing was lost, except by the control. */
export function isClean(runs: readonly FeedRun[], control?: FeedRun): boolean {
  const { lost, duplicated, different } = countsOf(runs);
  const clean = lost + duplicated + different === 0 && runs.every(({ stuck }) => !stuck);
  return clean && (!control || control.lost > 0);
}

/** The same for people. */
export function reportText(runs: readonly FeedRun[], control?: FeedRun, pace = 1): string {
  const { classes, stuck, ...total } = reportJson(runs, control);
  const rows = Object.entries(classes).map(([name, counts]) => rowOf(name, counts));
  const table = [HEAD, ...rows, rowOf("in all", { ...total, recovery: recoveryOf(runs) })];
  const widths = HEAD.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const lines = table.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
  );
  lines.push(
    `Recovery is in seconds of the exchange's clock, of which ${pace} pass in a second of this machine's.`,
  );
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
  ],
  ...["recovery p50", "p95", "max (s)"],
];

function rowOf(name: string, counts: ClassReport): string[] {
  const { runs, injected, served, stored, lost, duplicated, compared, different, recovery } =
    counts;
  const numbers = [runs, injected, served, stored, lost, duplicated, compared, different];
  const seconds = [recovery.p50, recovery.p95, recovery.max].map((value) =>
    value === null ? "—" : (value / 1_000).toFixed(1)
  );
  return [name, ...numbers.map((number) => number.toLocaleString("en-US")), ...seconds];
}

function countsOf(runs: readonly FeedRun[]): Counts {
  const sum = (number: (run: FeedRun) => number) =>
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
  };
}

function recoveryOf(runs: readonly FeedRun[]): ClassReport["recovery"] {
  const all = runs.flatMap(({ recoveries }) => recoveries).toSorted((a, b) => a - b);
  const at = (share: number) =>
    all[Math.min(all.length - 1, Math.floor(share * all.length))] ?? null;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
