import type { CandleColumns } from "../market/candles.ts";
import { BlockRanges } from "./block_ranges.ts";
import { Compiler } from "./compile.ts";
import type { Expression } from "./expression.ts";
import { type Clocks, type NamedSlots, namedSlots } from "./named_slots.ts";
import { CHUNK_ROWS } from "./plan.ts";
import { type Firing, FiringRows } from "./firing.ts";
import type { Program, Slot, Step } from "./program.ts";
import type { ParameterValues } from "./scalars.ts";
import { isKernel, outputsOf, TimeframeRun } from "./timeframe_run.ts";
import { Tail } from "./tail.ts";

/** What a shared plan must know, besides the expressions. */
export interface SharedPlanOptions extends Clocks {
  /** Conditions of which only the rows are asked for on which they are true, and no column. */
  fires?: readonly string[];
  /** Decimals of the prices; `undefined` if they are no decimal numbers. */
  decimals: number | undefined;
  /** The most rows that `advance` takes at once. The numbers do not depend on it. */
  chunk?: number;
}

/** In so many crosses a column is worth its ranges, which take as long as looking at it twice. */
const OFTEN_CROSSED = 8;

/**
 * One graph under many sets of parameters, over the same candles. What several sets have in common is
 * computed once: an average once a window, not once a set. What a single set has for itself (its tail)
 * is computed when that set is selected, in columns that all sets use in turn; so memory grows with
 * what the sets have in common, and by little more than a kernel's state with each of them; but what is
 * computed on a longer timeframe is kept for each. The
 * numbers are those of a `Plan` of the set alone, to the bit.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Candles } from "../market/candles.ts";
 * import { close, param } from "./expression.ts";
 * import { sma } from "./operators/averages/sma.ts";
 * const row = { open: 1, high: 3, low: 1, volume: 1, trades: 1, kind: "traded" as const };
 * const rows = [1, 2, 3].map((n) => ({ ...row, close: n, time: n * 60_000 }));
 * const candles = Candles.fromRows("1m", rows);
 * const sets = [{ window: 1 }, { window: 2 }];
 * const plan = new SharedPlan({ average: sma(close, param("window")) }, sets, candles);
 * plan.advance(candles, 0, 3);
 * plan.select(1);
 * assert.deepEqual(plan.column(1, "average").slice(plan.begin, plan.end), Float64Array.of(NaN, 1.5, 2.5));
 * ```
 */
export class SharedPlan {
  readonly chunk: number;
  /** How many columns there are, and how many of them are kept, as several sets read them. */
  readonly columns: number;
  readonly width: number;
  private readonly base: TimeframeRun;
  private readonly tails: readonly Tail[];
  private readonly named: readonly NamedSlots[];
  private readonly firings: readonly FiringRows[];
  /** Ranges of the columns that many crosses read. */
  private readonly ranges = new Map<Slot, BlockRanges>();
  /** Whether they are those of the last `advance`. */
  private ranged = false;

  constructor(
    expressions: Readonly<Record<string, Expression>>,
    sets: readonly ParameterValues[],
    options: SharedPlanOptions,
  ) {
    const { timeframe, base = timeframe, chunk = CHUNK_ROWS, decimals, fires = [] } = options;
    const root = new Compiler(base, {}), { program } = root;
    this.named = sets.map((set) => namedSlots(root.under(set), expressions, options));
    const stepOf = new StepOf(program);
    const rows: Int32Array[] = [], columns: Float64Array[] = [];
    this.firings = sets.map((_, set) => {
      const at = (slot: Slot) => this.columnAt(set, slot);
      const rangesOf = (slot: Slot) => this.ranges.get(slot);
      const firing = new FiringRows(
        { stepOf: (slot) => stepOf.get(slot), at, rangesOf },
        rows,
        chunk,
      );
      for (const name of fires) firing.of(this.named[set].slots.get(name)!);
      return firing;
    });
    const needed = this.named.map(({ slots, closes }, set) => {
      const asked = [...slots].filter(([name]) => !fires.includes(name)).map(([, slot]) => slot);
      if (closes !== undefined) asked.push(closes);
      return stepOf.allBehind([...asked, ...this.firings[set].reads]);
    });
    const { tails, idle } = stepsApart(program.steps, needed);
    this.chunk = chunk;
    this.columns = program.columns;
    this.base = new TimeframeRun(program, chunk, decimals, new Set([...tails.flat(), ...idle]));
    this.tails = tails.map((steps) => new Tail(steps, this.base, columns));
    const crossings = Map.groupBy(this.firings.flatMap(({ crossed }) => crossed), (slot) => slot);
    for (const [slot, { length }] of crossings) {
      if (length >= OFTEN_CROSSED) this.ranges.set(slot, new BlockRanges(chunk));
    }
    this.width = this.base.columns.filter(({ length }) => length > 0).length;
  }

  /** Takes the candles `from` to `to` (exclusive): at most `chunk` of them, each once, in order. */
  advance(candles: CandleColumns, from: number, to: number): void {
    this.base.load(candles, from, to);
    this.base.run();
    this.ranged = false;
  }

  /** Where the rows of the last `advance` are in the columns. */
  get begin(): number {
    return this.base.buffers.begin;
  }
  get end(): number {
    return this.base.buffers.end;
  }

  /** Computes what a set has for itself: once after each `advance`, before its columns are read. */
  select(set: number): void {
    if (!this.ranged) this.findRanges();
    this.tails[set].run();
    this.firings[set].find(this.begin, this.end);
  }

  /**
   * In the place of `select`, for a set whose rows of the last `advance` nobody asks for: it is then where it would be had it been
   * selected.
   */
  skip(set: number): void {
    this.tails[set].run();
    this.firings[set].skip(this.begin, this.end);
  }

  /** The rows of the last `advance` on which a set's condition, one of `fires`, is true. */
  firing(set: number, name: string): Firing {
    return this.firings[set].of(this.named[set].slots.get(name)!);
  }

  private findRanges(): void {
    const { base, begin, end } = this;
    for (const [slot, ranges] of this.ranges) ranges.find(base.columns[slot], begin, end);
    this.ranged = true;
  }

  /** The whole buffer of a set's named expression; see `Plan.column`. */
  column(set: number, name: string): Float64Array {
    return this.columnAt(set, this.named[set].slots.get(name)!);
  }

  /** With a base: 1 on the rows that close a candle of the timeframe, 0 on the others. */
  closes(set: number): Float64Array | undefined {
    const { closes } = this.named[set];
    return closes === undefined ? undefined : this.columnAt(set, closes);
  }

  /** A column of the same length that holds `value` on every row. */
  constant(value: number): Float64Array {
    return this.base.buffers.constant(value);
  }

  private columnAt(set: number, slot: Slot): Float64Array {
    return this.tails[set].columns.get(slot) ?? this.base.columns[slot];
  }
}

/** Which steps fill which columns. */
class StepOf {
  private readonly steps = new Map<Slot, Step>();

  constructor({ steps }: Program) {
    for (const step of steps) for (const slot of outputsOf(step)) this.steps.set(slot, step);
  }

  get(slot: Slot): Step | undefined {
    return this.steps.get(slot);
  }

  /** Some columns and all those that they are computed from. */
  allBehind(slots: readonly Slot[]): Set<Slot> {
    const all = new Set<Slot>(), left = [...slots];
    for (let slot = left.pop(); slot !== undefined; slot = left.pop()) {
      if (all.has(slot)) continue;
      all.add(slot);
      const step = this.get(slot);
      if (step?.kind === "kernel") left.push(...step.inputs);
    }
    return all;
  }
}

/** For each set the steps that it alone needs, in their order; and those that nobody needs. */
function stepsApart(steps: readonly Step[], needed: readonly ReadonlySet<Slot>[]) {
  const owner = new Map<Slot, number>(), SEVERAL = -1;
  needed.forEach((slots, set) => {
    for (const slot of slots) owner.set(slot, owner.has(slot) ? SEVERAL : set);
  });
  const tails = needed.map((): Step[] => []), idle: Step[] = [];
  // Backwards: what somebody reads who is run for all sets has to be there before.
  for (const step of steps.toReversed()) {
    if (step.kind === "candle" || step.kind === "longer") continue;
    const owners = new Set(outputsOf(step).map((slot) => owner.get(slot)));
    owners.delete(undefined);
    const [set = SEVERAL] = owners.size === 1 ? owners : [SEVERAL];
    if (owners.size === 0) idle.push(step);
    else if (set !== SEVERAL && (step.kind === "constant" || isKernel(step))) tails[set].push(step);
    else if (step.kind === "kernel") { for (const slot of step.inputs) owner.set(slot, SEVERAL); }
  }
  for (const tail of tails) tail.reverse();
  return { tails, idle };
}
