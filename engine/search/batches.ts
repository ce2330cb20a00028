import { InputError } from "../market/errors.ts";
import { SWEEP_NUMBERS } from "../research/sweep/numbers.ts";
import type { ParameterSets } from "../research/sweep/parameter_sets.ts";
import type { Batch } from "../research/sweep/work.ts";
import type { SavedBatches } from "./sweep_options.ts";

/** Sets from one to another (exclusive), by their numbers. */
export interface Stretch {
  from: number;
  to: number;
}

/** How sets are given out. */
export interface GivingOut {
  /** The most at a time. */
  most: number;
  /** The fewest, but for the last ones. */
  fewest: number;
  /** Who takes them: so many at the same time. */
  processors: number;
}

/** How many sets are in some stretches. */
export const setsIn = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);

/**
 * The sets of `length` whose numbers are not saved, in their order, widened to whole multiples of `whole`.
 * Throws an `InputError` for what cannot have been saved.
 */
export function leftOf(
  length: number,
  saved: SavedBatches["numbers"] = new Map(),
  whole = 1,
): Stretch[] {
  const left: Stretch[] = [];
  const add = (start: number, end: number) => {
    if (start >= end) return;
    const from = Math.floor(start / whole) * whole;
    const to = Math.min(length, Math.ceil(end / whole) * whole), last = left.at(-1);
    if (last && from <= last.to) last.to = to;
    else left.push({ from, to });
  };
  let next = 0;
  for (const [first, numbers] of [...saved].sort(([a], [b]) => a - b)) {
    const end = first + numbers.length / SWEEP_NUMBERS.length;
    if (!(Number.isInteger(first) && first >= 0 && Number.isInteger(end) && end <= length)) {
      throw new InputError(
        `Cannot go on: what was saved from set ${first} on has ${numbers.length} numbers, but there are ` +
          `${length} sets of ${SWEEP_NUMBERS.length}`,
      );
    }
    add(next, first);
    next = Math.max(next, end);
  }
  add(next, length);
  return left;
}

/**
 * Sets by the batch: large ones first, since what sets have in common is computed once a batch; later no more than
 * an equal share of what is left, so that no processor is long at its last one while others have nothing to do.
 */
export function* batchesOf(
  sets: ParameterSets,
  left: readonly Stretch[],
  { most, fewest, processors }: GivingOut,
): Generator<Batch, void> {
  let count = setsIn(left);
  for (const { from, to } of left) {
    for (let batch = from; batch < to;) {
      const share = processors === 1 ? most : Math.ceil(count / processors);
      const length = Math.min(most, Math.max(fewest, share), to - batch), first = batch;
      yield { batch, sets: Array.from({ length }, (_, i) => sets.at(first + i)) };
      batch += length;
      count -= length;
    }
  }
}
