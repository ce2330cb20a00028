import type { Slot, Step } from "./program.ts";
import {
  isKernel,
  lookbackOf,
  outputsOf,
  stateSizeOf,
  type TimeframeRun,
} from "./timeframe_run.ts";

/** A column of a tail: `rows` of it are kept from chunk to chunk, as its readers look back at them. */
interface Kept {
  column: Float64Array;
  history: Float64Array;
}

/**
 * The steps that one set of parameters has for itself. Their columns belong to a pool that all tails
 * use in turn; what has to be remembered is copied out of them and back.
 */
export class Tail {
  readonly columns: ReadonlyMap<Slot, Float64Array>;
  private readonly fills: (() => void)[] = [];
  private readonly kept: Kept[] = [];

  constructor(steps: readonly Step[], private readonly base: TimeframeRun, pool: Float64Array[]) {
    const { buffers } = base, slots = steps.flatMap(outputsOf);
    this.columns = new Map(slots.map((slot, i) => [slot, pool[i] ??= buffers.constant(NaN)]));
    const columnOf = (slot: Slot) => this.columns.get(slot) ?? base.columns[slot];
    for (const step of steps) {
      if (step.kind === "constant") this.fills.push(this.constantFill(step, steps));
      if (!isKernel(step)) continue;
      for (const slot of step.outputs) this.keep(slot, lookbackAt(slot, steps));
      this.fills.push(base.filler(step, new Float64Array(stateSizeOf(step)), columnOf));
    }
  }

  /** Fills the rows that were taken last. */
  run(): void {
    const { begin, end } = this.base.buffers;
    for (const { column, history } of this.kept) column.set(history, begin - history.length);
    for (const fill of this.fills) fill();
    for (const { column, history } of this.kept) {
      history.set(column.subarray(end - history.length, end));
    }
  }

  private keep(slot: Slot, rows: number): void {
    if (rows === 0) return;
    const history = new Float64Array(rows).fill(NaN);
    this.kept.push({ column: this.columns.get(slot)!, history });
  }

  private constantFill({ out, value }: Step & { kind: "constant" }, steps: readonly Step[]) {
    const column = this.columns.get(out)!, rows = lookbackAt(out, steps), { buffers } = this.base;
    return () => column.fill(value, buffers.begin - rows, buffers.end);
  }
}

/** How far the readers of a column look back at it. */
function lookbackAt(slot: Slot, steps: readonly Step[]): number {
  const readers = steps.filter((step) => step.kind === "kernel" && step.inputs.includes(slot));
  return Math.max(0, ...readers.map(lookbackOf));
}
