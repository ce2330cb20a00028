import type { Field } from "../market/candles.ts";
import type { Source } from "../market/resample.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { Kernel, Replayed, Values } from "./operator.ts";

/** A column of a program, by number. */
export type Slot = number;

/** What fills a column: the candles, a constant, a kernel, or the program of a longer timeframe. */
export type Step =
  | { kind: "candle"; instrument: string | undefined; field: Field; out: Slot }
  | { kind: "constant"; value: number; out: Slot }
  | {
    kind: "kernel";
    kernel: Kernel | Replayed;
    args: Values;
    inputs: Slot[];
    outputs: Slot[];
    /** The candle price that the first input is, if it is one. */
    price: Field | undefined;
  }
  | { kind: "longer"; program: Program; source: Source; shown: ShownSlot[] };

/** A column of a longer timeframe and the one that shows it. */
export interface ShownSlot {
  slot: Slot;
  out: Slot;
  /** Whether a value is shown on the row that closes its candle alone, with 0 on the others. */
  once: boolean;
}

/** Steps in the order in which they run, each distinct expression once. */
export interface Program {
  timeframe: Timeframe;
  steps: Step[];
  columns: number;
  /** The columns whose newest value is shown on a shorter timeframe. */
  shown: Slot[];
}

/** The other markets whose candles a program reads, those of its longer timeframes included. */
export function instrumentsOf({ steps }: Program): Set<string> {
  const found = steps.flatMap((step) => {
    if (step.kind === "longer") return [...instrumentsOf(step.program)];
    return step.kind === "candle" && step.instrument !== undefined ? [step.instrument] : [];
  });
  return new Set(found);
}

/** Whether some of what a program remembers is hidden, so that it can only be replayed. */
export function isReplayed({ steps }: Program): boolean {
  return steps.some((step) =>
    step.kind === "longer"
      ? isReplayed(step.program)
      : step.kind === "kernel" && step.kernel.kind === "replayed"
  );
}
