import { type Candle, type CandleColumns, type Field, FIELDS } from "../market/candles.ts";
import { CANDLE_FOLD_SLOTS } from "../market/candle_fold.ts";
import { Resampler } from "../market/resample.ts";
import { nominalLength } from "../market/timeframe.ts";
import type { Program, Step } from "./compile.ts";
import type { Kernel } from "./operator.ts";
import { fillTicks } from "./ticks.ts";

type KernelStep = Step & { kind: "kernel" };
type ClockStep = Step & { kind: "clock" };
type Rows = Pick<CandleColumns, "time" | Field>;

/**
 * A program at work: the columns of one timeframe, the state of its kernels, and the clocks of the
 * longer timeframes that it shows. The newest rows lie at [begin, end), behind the history that
 * kernels read; when the buffers are full, the history moves to their front.
 */
export class Clock {
  readonly columns: readonly Float64Array[];
  begin: number;
  end: number;
  private readonly rows: Rows;
  private readonly loaded: readonly Field[];
  private readonly ticks = new Map<Field, Float64Array>();
  private readonly scale: number;
  private readonly history: number;
  private readonly state: Float64Array;
  private readonly fills: (() => void)[] = [];
  private readonly children: Clock[] = [];
  /** The buffers whose rows move on with time; those of constants do not. */
  private readonly moving: readonly Float64Array[];

  constructor(
    private readonly program: Program,
    private readonly chunk: number,
    private readonly decimals: number | undefined,
  ) {
    const { steps } = program;
    this.scale = 10 ** (decimals ?? 0);
    this.history = Math.max(1, ...steps.map(lookbackOf));
    this.begin = this.end = this.history;
    this.columns = Array.from({ length: program.columns }, () => this.buffer());
    const used = new Map(steps.flatMap((s) => s.kind === "candle" ? [[s.field, s.out]] : []));
    const column = (field: Field) => this.columns[used.get(field) ?? -1] ?? this.buffer();
    const fields = FIELDS.map((field) => [field, column(field)]);
    this.rows = { time: this.buffer(), ...Object.fromEntries(fields) } as Rows;
    this.loaded = steps.some(({ kind }) => kind === "clock") ? FIELDS : [...used.keys()];
    this.state = new Float64Array(steps.reduce((size, step) => size + stateSizeOf(step), 0));
    let at = 0;
    for (const step of steps) {
      this.prepare(step, this.state.subarray(at, at += stateSizeOf(step)));
    }
    const constant = new Set(steps.flatMap((s) => s.kind === "constant" ? [s.out] : []));
    const unused = this.loaded.filter((field) => !used.has(field)).map((field) => this.rows[field]);
    const series = this.columns.filter((_, slot) => !constant.has(slot));
    this.moving = [this.rows.time, ...series, ...unused, ...this.ticks.values()];
  }

  /** Makes room for `count` rows behind those that are there, which become history. */
  reserve(count: number): void {
    if (this.end + count > this.capacity) {
      for (const buffer of this.moving) buffer.copyWithin(0, this.end - this.history, this.end);
      this.end = this.history;
    }
    this.begin = this.end;
  }

  /** Takes the candles [from, to) as the next rows. */
  load(candles: CandleColumns, from: number, to: number): void {
    this.reserve(to - from);
    this.rows.time.set(candles.time.subarray(from, to), this.end);
    for (const field of this.loaded) {
      this.rows[field].set(candles[field].subarray(from, to), this.end);
    }
    this.end += to - from;
  }

  /** Takes one candle as the next row, for which there must be room. */
  append(candle: Candle): void {
    this.rows.time[this.end] = candle.time;
    for (const field of this.loaded) this.rows[field][this.end] = candle[field];
    this.end++;
  }

  /** Fills the rows [begin, end) of every column. */
  run(): void {
    for (const [field, ticks] of this.ticks) {
      fillTicks(this.rows[field], ticks, this.scale, this.begin, this.end, field);
    }
    for (const fill of this.fills) fill();
  }

  /** Rows that the buffers hold. */
  get capacity(): number {
    return this.history + 2 * this.chunk;
  }

  private buffer(): Float64Array {
    return new Float64Array(this.capacity).fill(NaN);
  }

  private prepare(step: Step, state: Float64Array): void {
    if (step.kind === "constant") this.columns[step.out].fill(step.value);
    if (step.kind === "kernel") this.fills.push(this.kernelFill(step, state));
    if (step.kind === "clock") this.fills.push(this.clockFill(step, state));
  }

  private kernelFill({ kernel, args, inputs, outputs, price }: KernelStep, state: Float64Array) {
    const columns = inputs.map((slot) => this.columns[slot]);
    const outs = outputs.map((slot) => this.columns[slot]);
    const context = {
      args,
      ticks: kernel.kind === "kernel" && kernel.exact && price ? this.ticksOf(price) : undefined,
      scale: this.scale,
      time: this.rows.time,
      rowLength: nominalLength(this.program.timeframe),
    };
    if (kernel.kind === "kernel") {
      return () => kernel.fill(columns, outs, state, this.begin, this.end, context);
    }
    const fill = kernel.begin(args);
    return () => fill(columns, outs, this.begin, this.end);
  }

  private ticksOf(field: Field): Float64Array | undefined {
    if (this.decimals === undefined) return undefined;
    const ticks = this.ticks.get(field) ?? this.buffer();
    this.ticks.set(field, ticks);
    return ticks;
  }

  private clockFill({ program, shown }: ClockStep, state: Float64Array) {
    const child = new Clock(program, this.chunk + 1, this.decimals);
    const resampler = new Resampler(this.program.timeframe, program.timeframe, "complete", state);
    const emit = (candle: Candle) => child.append(candle);
    const newest = new Int32Array(this.chunk);
    this.children.push(child);
    return () => {
      const { begin, end } = this;
      child.reserve(this.chunk + 1);
      for (let i = begin; i < end; i++) {
        resampler.push(this.rows, i, emit);
        newest[i - begin] = child.end - 1;
      }
      child.run();
      for (const { slot, out } of shown) {
        const from = child.columns[slot], to = this.columns[out];
        for (let i = begin; i < end; i++) to[i] = from[newest[i - begin]];
      }
    };
  }

  /** Doubles that `save` writes. */
  get size(): number {
    const own = this.state.length + this.moving.length * this.history;
    return this.children.reduce((size, child) => size + child.size, own);
  }

  /** Copies the state and the history into `target`; returns where it ended. */
  save(target: Float64Array, at: number): number {
    target.set(this.state, at);
    at += this.state.length;
    for (const buffer of this.moving) {
      target.set(buffer.subarray(this.end - this.history, this.end), at);
      at += this.history;
    }
    return this.children.reduce((at, child) => child.save(target, at), at);
  }

  /** Takes over what `save` wrote; returns where it ended. */
  restore(source: Float64Array, at: number): number {
    this.begin = this.end = this.history;
    this.state.set(source.subarray(at, at += this.state.length));
    for (const buffer of this.moving) buffer.set(source.subarray(at, at += this.history));
    return this.children.reduce((at, child) => child.restore(source, at), at);
  }

  /** Writes `value` over every row that no kernel may read any more, or yet. */
  poison(value: number): void {
    for (const buffer of this.moving) {
      buffer.fill(value, 0, this.end - this.history);
      buffer.fill(value, this.end);
    }
    for (const child of this.children) child.poison(value);
  }
}

function lookbackOf(step: Step): number {
  return isKernel(step) ? step.kernel.lookback(step.args) : 0;
}

function stateSizeOf(step: Step): number {
  if (step.kind === "clock") return CANDLE_FOLD_SLOTS;
  return isKernel(step) ? step.kernel.stateSize(step.args) : 0;
}

/** Whether all that a step remembers is in rows and in its state. */
function isKernel(step: Step): step is KernelStep & { kernel: Kernel } {
  return step.kind === "kernel" && step.kernel.kind === "kernel";
}
