import { nominalLength } from "../market/timeframe.ts";
import type { Program, Slot, Step } from "./program.ts";

/**
 * Of each column of a program, how many rows must come before one for its value to be what it would be had the run begun
 * earlier, up to a billionth of what an average has forgotten: the longest way through the graph. `Infinity` where it depends
 * on all rows since the run began.
 */
export function warmUpRows(program: Program): number[] {
  const rows = new Array<number>(program.columns).fill(0);
  for (const step of program.steps) warm(step, program, rows);
  return rows;
}

function warm(step: Step, { timeframe }: Program, rows: number[]): void {
  const rowLength = nominalLength(timeframe);
  if (step.kind === "kernel") {
    const { kernel, args, inputs, outputs } = step;
    const own = kernel.kind === "kernel" ? kernel.memory(args, rowLength) : Infinity;
    const before = Math.max(0, ...inputs.map((slot: Slot) => rows[slot]));
    for (const slot of outputs) rows[slot] = before + own;
  }
  if (step.kind === "longer") {
    const inner = warmUpRows(step.program), length = nominalLength(step.program.timeframe);
    // One more: the longer candle in which the run begins is no whole one.
    for (const { slot, out } of step.shown) rows[out] = (inner[slot] + 1) * (length / rowLength);
  }
}
