import type { CandleColumns } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { TimeframeRun } from "./timeframe_run.ts";
import { Compiler } from "./compile.ts";
import { type Clocks, namedSlots } from "./named_slots.ts";
import { isReplayed, type Slot } from "./program.ts";
import type { Expression } from "./expression.ts";
import type { ParameterValues } from "./scalars.ts";
import { programSize } from "./program_size.ts";
import { warmUpRows } from "./warm_up.ts";

/** What a plan must know of the run, besides the expressions. */
export interface PlanOptions extends Clocks {
  /** Decimals of the prices; `undefined` if they are no decimal numbers. */
  decimals: number | undefined;
  parameters?: ParameterValues;
  /** The most rows that `advance` takes at once. The numbers do not depend on it. */
  chunk?: number;
  /**
   * Whether the candles stay as they are while the plan goes through them, as a backtest's do: kernels then read most of them where
   * they are, which saves copying them.
   */
  inPlace?: boolean;
}

/** Rows a chunk: large enough to make calls cheap, small enough for the columns to stay in cache. */
export const CHUNK_ROWS = 4096;

/**
 * Runs expressions over candles, chunk by chunk or row by row, with the same bits. It owns every
 * buffer and one state vector; its memory is chunk + lookback however long the run.
 *
 * ```ts
 * import { Candles } from "../market/candles.ts";
 * import { close } from "./expression.ts";
 * import { sma } from "./operators/averages/sma.ts";
 * const row = { open: 1, high: 3, low: 1, volume: 1, trades: 1, kind: "traded" as const };
 * const rows = [1, 2, 3].map((n) => ({ ...row, close: n, time: n * 60_000 }));
 * const candles = Candles.fromRows("1m", rows);
 * const plan = new Plan({ average: sma(close, 2) }, candles);
 * plan.advance(candles, 0, 3);
 * plan.read("average"); // NaN, 1.5, 2.5
 * ```
 */
export class Plan {
  readonly chunk: number;
  /** Whether `restore` needs all candles since the first one taken again, for `save` cannot see all. */
  readonly replays: boolean;
  private readonly base: TimeframeRun;
  private readonly slots: ReadonlyMap<string, Slot>;
  /**
   * How many candles must come before a row for each named expression to be there what it would be had the run begun earlier:
   * see `warmUpRows`.
   */
  readonly warmUp: ReadonlyMap<string, number>;
  /** What a row costs at worst: steps, and rows that they look back at. */
  readonly cost: number;
  /** With a base: 1 on the rows that close a candle of the timeframe, 0 on the others. */
  readonly closes: Float64Array | undefined;

  constructor(expressions: Readonly<Record<string, Expression>>, options: PlanOptions) {
    const { timeframe, base = timeframe } = options;
    const compiler = new Compiler(base, options.parameters ?? {});
    const { slots, closes } = namedSlots(compiler, expressions, options);
    this.slots = slots;
    const rows = warmUpRows(compiler.program);
    this.warmUp = new Map([...this.slots].map(([name, slot]) => [name, rows[slot]]));
    const { steps, rows: behind } = programSize(compiler.program);
    this.cost = steps + behind;
    this.chunk = options.chunk ?? CHUNK_ROWS;
    this.replays = isReplayed(compiler.program);
    const { program } = compiler, named = new Set(this.slots.values());
    const own = program.steps.flatMap((step) => step.kind === "candle" ? [step.out] : []);
    const inPlace = new Set(options.inPlace ? own.filter((slot) => !named.has(slot)) : []);
    this.base = new TimeframeRun(program, this.chunk, options.decimals, new Set(), inPlace);
    this.closes = closes === undefined ? undefined : this.base.columns[closes];
  }

  /** Takes the candles `from` to `to` (exclusive): at most `chunk` of them, each once, in order. */
  advance(candles: CandleColumns, from: number, to: number): void {
    if (to - from > this.chunk) {
      throw new RangeError(`Cannot take ${to - from} rows at once: the chunk is ${this.chunk}`);
    }
    this.base.load(candles, from, to);
    this.base.run();
  }

  /** Where the rows of the last `advance` are in the columns. */
  get begin(): number {
    return this.base.buffers.begin;
  }
  get end(): number {
    return this.base.buffers.end;
  }

  /** The whole buffer of a named expression: rows [begin, end) are those of the last `advance`. */
  column(name: string): Float64Array {
    return this.base.columns[this.slots.get(name)!];
  }

  /** A column of the same length that holds `value` on every row. */
  constant(value: number): Float64Array {
    return this.base.buffers.constant(value);
  }

  /** A copy of a named expression's rows of the last `advance`. */
  read(name: string): Float64Array {
    return this.column(name).slice(this.begin, this.end);
  }

  /** Doubles that `save` writes. */
  get size(): number {
    return this.base.size;
  }

  /** Copies all that the plan remembers into `target`, from `at` on. */
  save(target: Float64Array, at = 0): void {
    this.base.save(target, at);
  }

  /**
   * Takes over what `save` wrote. A plan that `replays` must have taken the same candles before; it
   * throws an `InputError` if they left it with other numbers than those saved.
   */
  restore(source: Float64Array, at = 0): void {
    if (this.replays) this.checkReplayed(source.subarray(at, at + this.size));
    else this.base.restore(source, at);
  }

  private checkReplayed(saved: Float64Array): void {
    const found = new Float64Array(this.size);
    this.save(found);
    if (found.every((value, i) => Object.is(value, saved[i]))) return;
    throw new InputError(
      "Cannot restore: this needs the same candles again, from the first one to the last before it was " +
        "saved, but those that were taken are others",
    );
  }

  /** Writes `value` over every row that no kernel may read any more, or yet (for tests). */
  poison(value: number): void {
    this.base.poison(value);
  }
}
