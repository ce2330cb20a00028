import type { HeldSpans } from "./held_spans.ts";

/** Periods by groups, and which of them are tested. */
export interface Tested {
  /** Where each group begins, and behind them where the last one ends. */
  bounds: readonly number[];
  split: readonly number[];
  /** Periods behind each tested group that are left out of training. */
  embargo: number;
}

/**
 * Which periods may be trained on, 1 or 0: those that are not tested, of which nothing that was open in
 * them was open in a test (purging), and that do not follow on a test within the embargo.
 *
 * Source: M. López de Prado, "Advances in Financial Machine Learning", 2018, sections 7.4.1 and 7.4.2.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * // Eight periods in four groups, the second is tested; a trade was open from period 1 to 2.
 * const spans = { first: Int32Array.of(0, 1, 1, 3, 4, 5, 6, 7), last: Int32Array.of(0, 2, 2, 3, 4, 5, 6, 7) };
 * const mask = trainingMask({ bounds: [0, 2, 4, 6, 8], split: [1], embargo: 1 }, spans);
 * assert.deepEqual([...mask], [1, 0, 0, 0, 0, 1, 1, 1]);
 * ```
 */
export function trainingMask({ bounds, split, embargo }: Tested, spans: HeldSpans): Uint8Array {
  const periods = bounds[bounds.length - 1], mask = new Uint8Array(periods).fill(1);
  for (const group of split) {
    const from = bounds[group], to = bounds[group + 1];
    mask.fill(0, from, Math.min(periods, to + embargo));
    for (let period = 0; period < periods; period++) {
      if (spans.first[period] < to && spans.last[period] >= from) mask[period] = 0;
    }
  }
  return mask;
}
