import { readsTime } from "./candle_rows.ts";
import type { Program, Step } from "./program.ts";
import { isKernel, keptRows, lookbackOf, stateSizeOf, ticksLookback } from "./timeframe_run.ts";

/** What a program takes, whatever it runs on. */
export interface ProgramSize {
  /** Steps, composites written out. */
  steps: number;
  /** Rows that they look back at, each by itself: what a row costs at worst. */
  rows: number;
  /** Numbers that it remembers from row to row where prices have decimals: as many as a snapshot of it has. */
  kept: number;
  /** Numbers that it holds: each column as many rows as the longest look-back of its timeframe. */
  held: number;
}

/** The size of a program and of those of longer timeframes that it shows. */
export function programSize(program: Program): ProgramSize {
  const { steps, columns } = program;
  const history = steps.reduce((most, step) => Math.max(most, lookbackOf(step)), 1);
  const size: ProgramSize = {
    steps: steps.length,
    rows: sum(steps.map(lookbackOf)) + sum(steps.map(hiddenOf)),
    kept: timesOf(program, history) + sum(keptOf(program)) + sum(steps.map(stateSizeOf)) +
      ticksOf(program),
    held: columns * history + sum(steps.map(hiddenOf)),
  };
  for (const step of steps) {
    if (step.kind !== "longer") continue;
    const longer = programSize(step.program);
    size.steps += longer.steps;
    size.rows += longer.rows;
    size.kept += longer.kept;
    size.held += longer.held;
  }
  return size;
}

/** A constant is known without being remembered. */
function keptOf(program: Program): number[] {
  const kept = keptRows(program);
  for (const step of program.steps) if (step.kind === "constant") kept[step.out] = 0;
  return kept;
}

/** Times of rows, where they are read though prices have ticks. */
function timesOf({ steps }: Program, history: number): number {
  return steps.some((step) => readsTime(step, true)) ? history : 0;
}

/** Of the prices that are wanted as whole ticks, too. */
function ticksOf(program: Program): number {
  const fields = program.steps.flatMap((step) =>
    isKernel(step) && step.kernel.exact && step.price ? [step.price] : []
  );
  return sum([...new Set(fields)].map((field) => ticksLookback(program, field)));
}

/** What an operator may remember that hides it: as many rows as its arguments say. */
function hiddenOf(step: Step): number {
  if (step.kind !== "kernel" || step.kernel.kind !== "replayed") return 0;
  return sum(Object.values(step.args));
}

function sum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
