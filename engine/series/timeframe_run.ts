import type { Candle, CandleColumns, Field } from "../market/candles.ts";
import { Resampler, resamplerSlots } from "../market/resample.ts";
import { nominalLength } from "../market/timeframe.ts";
import { Buffers } from "./buffers.ts";
import { CandleRows } from "./candle_rows.ts";
import { OtherFolds, otherFoldSlots } from "./other_folds.ts";
import type { Program, Slot, Step } from "./program.ts";
import { digestRows } from "./digest.ts";
import type { Kernel } from "./operator.ts";

/** Of an operator that hides what it remembers, what it was given is remembered instead. */
const DIGEST_SLOTS = 1;

export type KernelStep = Step & { kind: "kernel" };
type LongerStep = Step & { kind: "longer" };

/**
 * A program at work: the rows of one timeframe, the state of its kernels, and the runs of the longer
 * timeframes that it shows.
 */
export class TimeframeRun {
  readonly buffers: Buffers;
  readonly columns: readonly Float64Array[];
  private readonly rows: CandleRows;
  private readonly state: Float64Array;
  private readonly fills: (() => void)[] = [];
  private readonly longer: TimeframeRun[] = [];

  /**
   * `apart` are steps that somebody else runs, on columns of their own; `inPlace` columns of candles that none but its kernels
   * reads, and that may be read where they are.
   */
  constructor(
    private readonly program: Program,
    private readonly chunk: number,
    private readonly decimals: number | undefined,
    apart: ReadonlySet<Step> = new Set(),
    inPlace: ReadonlySet<Slot> = new Set(),
  ) {
    const history = program.steps.reduce((most, step) => Math.max(most, lookbackOf(step)), 1);
    const steps = program.steps.filter((step) => !apart.has(step));
    this.buffers = new Buffers(history, chunk);
    const columns = columnsOf(program, this.buffers, apart);
    this.columns = columns;
    this.rows = new CandleRows(program, columns, this.buffers, history, decimals, inPlace);
    this.state = new Float64Array(steps.reduce((size, step) => size + stateSizeOf(step), 0));
    let at = 0;
    for (const step of steps) this.prepare(step, this.state.subarray(at, at += stateSizeOf(step)));
  }

  /** Takes the candles [from, to) as the next rows. */
  load(candles: CandleColumns, from: number, to: number): void {
    this.rows.expect(candles, from, to);
    this.buffers.reserve(to - from);
    this.rows.load(candles, from, to);
  }

  /** Fills the rows that were taken last, in every column. */
  run(): void {
    for (const fill of this.fills) fill();
  }

  private prepare(step: Step, state: Float64Array): void {
    if (step.kind === "kernel") this.fills.push(this.filler(step, state));
    if (step.kind === "longer") this.fills.push(this.longerFill(step, state));
  }

  /** What fills a kernel's rows that were taken last, in the columns that are given. */
  filler(
    { kernel, args, inputs, outputs, price }: KernelStep,
    state: Float64Array,
    column: (slot: Slot) => Float64Array = (slot) => this.columns[slot],
  ): () => void {
    const { buffers } = this, moving = inputs.filter((slot) => this.rows.moves(slot));
    const columns = inputs.map(column), outs = outputs.map(column);
    const locate = () => {
      for (const slot of moving) columns[inputs.indexOf(slot)] = column(slot);
    };
    if (kernel.kind === "replayed") {
      const fill = kernel.begin(args);
      return () => {
        locate();
        state[0] = digestRows(state[0], columns, buffers.begin, buffers.end);
        fill(columns, outs, buffers.begin, buffers.end);
      };
    }
    const context = {
      args,
      ticks: kernel.exact && price ? this.ticksOf(price) : undefined,
      scale: this.rows.scale,
      time: this.rows.own.time,
      rowLength: nominalLength(this.program.timeframe),
    };
    return () => {
      locate();
      kernel.fill(columns, outs, state, buffers.begin, buffers.end, context);
    };
  }

  private ticksOf(field: Field): Float64Array | undefined {
    if (this.decimals === undefined) return undefined;
    const { rows } = this;
    const ticks = rows.ticks.get(field) ??
      this.buffers.column(ticksLookback(this.program, field));
    rows.ticks.set(field, ticks);
    return ticks;
  }

  private longerFill({ program, source, shown }: LongerStep, state: Float64Array) {
    const longer = new TimeframeRun(program, this.chunk + 1, this.decimals);
    const { rows: { own, others: rows } } = this, slots = resamplerSlots(source);
    const clocks = { from: this.program.timeframe, to: program.timeframe, source };
    const resampler = new Resampler(clocks.from, clocks.to, source, state.subarray(0, slots));
    const others = new OtherFolds(program, rows, clocks, state.subarray(slots));
    const emit = (candle: Candle) =>
      longer.rows.append(candle, (symbol) => others.candle(symbol, candle.time));
    const newest = new Int32Array(this.chunk), closes = new Uint8Array(this.chunk);
    this.longer.push(longer);
    return () => {
      const { begin, end } = this.buffers;
      longer.buffers.reserve(this.chunk + 1);
      for (let i = begin, shut = longer.buffers.end; i < end; i++) {
        others.next(i, own.time[i]);
        resampler.push(own, i, emit);
        others.take();
        newest[i - begin] = longer.buffers.end - 1;
        closes[i - begin] = longer.buffers.end - shut;
        shut = longer.buffers.end;
      }
      longer.run();
      for (const { slot, out, once } of shown) {
        const from = longer.columns[slot], to = this.columns[out];
        for (let i = begin; i < end; i++) {
          to[i] = once && closes[i - begin] === 0 ? 0 : from[newest[i - begin]];
        }
      }
    };
  }

  /** Doubles that `save` writes. */
  get size(): number {
    const own = this.state.length + this.buffers.size;
    return this.longer.reduce((size, { size: more }) => size + more, own);
  }

  /** Copies the state and the history into `target`; returns where it ended. */
  save(target: Float64Array, at: number): number {
    this.rows.settle();
    target.set(this.state, at);
    const saved = this.buffers.save(target, at + this.state.length);
    return this.longer.reduce((at, longer) => longer.save(target, at), saved);
  }

  /** Takes over what `save` wrote; returns where it ended. */
  restore(source: Float64Array, at: number): number {
    this.rows.settle();
    this.state.set(source.subarray(at, at += this.state.length));
    const restored = this.buffers.restore(source, at);
    return this.longer.reduce((at, longer) => longer.restore(source, at), restored);
  }

  /** Writes `value` over every row that no kernel may read any more, or yet. */
  poison(value: number): void {
    this.rows.settle();
    this.buffers.poison(value);
    for (const longer of this.longer) longer.poison(value);
  }
}

const NONE = new Float64Array(0);

/** The columns of a program; each keeps what its readers look back at. */
function columnsOf(
  program: Program,
  buffers: Buffers,
  apart: ReadonlySet<Step>,
): Float64Array[] {
  const constants = new Map<number, number>();
  const elsewhere = new Set([...apart].flatMap(outputsOf));
  for (const step of program.steps) {
    if (step.kind === "constant") constants.set(step.out, step.value);
  }
  return keptRows(program).map((rows, slot) => {
    if (elsewhere.has(slot)) return NONE;
    const value = constants.get(slot);
    return value === undefined ? buffers.column(rows) : buffers.constant(value);
  });
}

/** How many rows each column of a program keeps for those who read it. */
export function keptRows({ steps, columns, shown }: Program): number[] {
  const kept = new Array<number>(columns).fill(0);
  for (const slot of shown) kept[slot] = 1;
  for (const step of steps) {
    if (step.kind !== "kernel") continue;
    for (const slot of step.inputs) kept[slot] = Math.max(kept[slot], lookbackOf(step));
  }
  return kept;
}

/** The columns that a step fills. */
export function outputsOf(step: Step): Slot[] {
  if (step.kind === "kernel") return step.outputs;
  return step.kind === "longer" ? step.shown.map(({ out }) => out) : [step.out];
}

/** How far a program's steps look back at the whole ticks of a price. */
export function ticksLookback({ steps }: Program, field: Field): number {
  const readers = steps.filter((step) => step.kind === "kernel" && step.price === field);
  return Math.max(0, ...readers.map(lookbackOf));
}

/** Rows before those that it fills that a step may read. */
export function lookbackOf(step: Step): number {
  return isKernel(step) ? step.kernel.lookback(step.args) : 0;
}

/** Doubles that a step keeps. */
export function stateSizeOf(step: Step): number {
  if (step.kind === "longer") {
    return resamplerSlots(step.source) + otherFoldSlots(step.program);
  }
  if (isKernel(step)) return step.kernel.stateSize(step.args);
  return step.kind === "kernel" ? DIGEST_SLOTS : 0;
}

/** Whether all that a step remembers is in rows and in its state. */
export function isKernel(step: Step): step is KernelStep & { kernel: Kernel } {
  return step.kind === "kernel" && step.kernel.kind === "kernel";
}
