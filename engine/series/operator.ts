import type { Argument, Expression, Operand, ValueType } from "./expression.ts";

/** The values of an operator's arguments, once parameters are known. */
export type Values = Readonly<Record<string, number>>;

/** What a kernel may know besides its inputs. */
export interface KernelContext {
  readonly args: Values;
  /**
   * The first input as whole ticks, where that is a candle price with a known scale: sums over it are
   * exact. One unit of the price has `scale` ticks.
   */
  readonly ticks: Float64Array | undefined;
  readonly scale: number;
  /** Close times of the rows, UTC milliseconds, for kernels that are `timed`. */
  readonly time: Float64Array;
  /** Nominal length of a row in milliseconds. */
  readonly rowLength: number;
}

/**
 * The rule that an argument keeps: a text, a timeframe, a market's symbol (which no parameter can be: what
 * markets a graph needs is known from its text), or a number in a range.
 */
export type ArgumentRule = "text" | "timeframe" | "symbol" | NumberRule;

/** The range of a number, ends included. */
export interface NumberRule {
  /** Whole numbers only. */
  whole?: boolean;
  min: number;
  max: number;
}

/** The longest window, in rows: sums of this many prices stay exact. */
export const MOST_ROWS = 65_536;

/** A window: a whole number of rows. */
export const windowRule = (min = 1): NumberRule => ({ whole: true, min, max: MOST_ROWS });

interface Described {
  readonly name: string;
  /** Rises with every change of its numbers; a run under another version is another run. */
  readonly version: number;
  readonly inputs: readonly ValueType[];
  /** One unnamed output, or several named ones. */
  readonly output: ValueType | Readonly<Record<string, ValueType>>;
  readonly args: Readonly<Record<string, ArgumentRule>>;
  /** Where its numbers are not what the rest of the catalogue would lead one to expect. */
  readonly note?: string;
}

/**
 * A resumable kernel: a pure function over explicit state. There is one loop, so there is one
 * formula: `fill(…, 0, 4096)` is part of a backtest and `fill(…, n, n + 1)` a live candle.
 */
export interface Kernel extends Described {
  readonly kind: "kernel";
  /** Whether it wants the first input as whole ticks too, where that is a candle price. */
  readonly exact: boolean;
  /** For a condition that fires where `sideChanges` finds its inputs to change sides: to which side. */
  readonly side?: number;
  /** Whether it reads the times of rows; one that is `exact` does so only where it gets no ticks. */
  readonly timed: boolean;
  /** How many rows before `from` it may read; rows before the first one hold NaN. */
  lookback(args: Values): number;
  /** How many doubles it keeps between calls; they start as 0. */
  stateSize(args: Values): number;
  /**
   * How many rows before one its value depends on, up to a billionth: more than it looks back where it
   * keeps an average, and `Infinity` where it depends on all since the run began.
   */
  memory(args: Values, rowLength: number): number;
  /**
   * Fills rows [from, to) of the outputs. It reads no row at or past `to`, none before
   * `from - lookback`, and remembers only what it puts into `state`.
   */
  fill(
    inputs: readonly Float64Array[],
    outputs: readonly Float64Array[],
    state: Float64Array,
    from: number,
    to: number,
    context: KernelContext,
  ): void;
}

/** Fills rows [from, to) of the outputs, as `Kernel.fill` does. */
export type Fill = (
  inputs: readonly Float64Array[],
  outputs: readonly Float64Array[],
  from: number,
  to: number,
) => void;

/**
 * A kernel whose state is hidden inside of another library's objects, so that no copy of it can be
 * saved. It is had again by replaying: whoever restores a plan that has one takes all candles since
 * the first one again. It reads no row but those of [from, to).
 */
export interface Replayed extends Described {
  readonly kind: "replayed";
  /** A fill that remembers the rows that it was given, which are each row once, in order. */
  begin(args: Values): Fill;
}

/** An operator that is a formula over other operators. */
export interface Composite extends Described {
  readonly kind: "composite";
  expand(
    inputs: readonly Operand[],
    args: Readonly<Record<string, Argument>>,
  ): Expression | Readonly<Record<string, Expression>>;
}

/** An operator whose input runs on a longer timeframe: see `on`. */
export interface Longer extends Described {
  readonly kind: "longer";
}

/** An operator whose input runs over the candles of another market: see `instrument`. */
export interface Elsewhere extends Described {
  readonly kind: "elsewhere";
}

/** A choice between inputs that a parameter makes before the run starts: see `choose`. */
export interface Chosen extends Described {
  readonly kind: "chosen";
}

export type Operator = Kernel | Replayed | Composite | Longer | Elsewhere | Chosen;

/** Whether what an operator gives is of the type of what it reads. */
export function keepsType({ kind }: Operator): boolean {
  return kind === "longer" || kind === "elsewhere";
}

/** What a kernel is made of: the rest has defaults. */
export type KernelParts =
  & Pick<Kernel, "name" | "inputs" | "fill">
  & Partial<
    Pick<
      Kernel,
      | "version"
      | "output"
      | "args"
      | "lookback"
      | "stateSize"
      | "memory"
      | "exact"
      | "timed"
      | "side"
    >
  >;

/** An operator whose outputs are known where it is written. */
type Giving<Kind, Parts> = Omit<Kind, "output"> & {
  readonly output: Parts extends { readonly output: infer Output } ? Output : "number";
};

/**
 * A kernel; by default it gives numbers, has no arguments, reads no earlier row, keeps no state, and depends on no
 * earlier row than it reads.
 */
export function kernel<const Parts extends KernelParts>(parts: Parts): Giving<Kernel, Parts> {
  const none = () => 0;
  const all = {
    kind: "kernel",
    version: 1,
    output: "number",
    args: {},
    exact: false,
    timed: false,
    lookback: none,
    stateSize: none,
    memory: parts.lookback ?? none,
    ...parts,
  };
  return all as unknown as Giving<Kernel, Parts>;
}

type CompositeParts =
  & Pick<Composite, "name" | "inputs" | "expand">
  & Partial<Pick<Composite, "version" | "output" | "args">>;

/** A composite; by default it gives numbers and has no arguments. */
export function composite<const Parts extends CompositeParts>(
  parts: Parts,
): Giving<Composite, Parts> {
  const all = { kind: "composite", version: 1, output: "number", args: {}, ...parts };
  return all as unknown as Giving<Composite, Parts>;
}
