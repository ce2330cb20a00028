import type { SweepSpec } from "../research/sweep/batch.ts";
import { BATCH_SETS } from "../research/sweep/work.ts";
import { runSets } from "./run_sets.ts";
import type { RunSets } from "./staged_search.ts";
import type { SavedBatches, SweepOptions } from "./sweep_options.ts";
import type { TriedSoFar } from "./trials/tried_so_far.ts";

/**
 * Runs stage after stage, whose batches are numbered through, so that they can be saved as one search's;
 * `tried` notes them.
 */
export function stageRunner(
  spec: SweepSpec,
  { saved, progress, ...options }: SweepOptions,
  tried: TriedSoFar,
): RunSets {
  let batches = 0, done = 0;
  return async (sets, candles, all) => {
    const before = done, first = batches, size = stageBatch(sets.length);
    done += sets.length;
    batches += Math.ceil(sets.length / size);
    return await runSets(spec, candles, sets, size, {
      ...options,
      progress: (through) => progress?.(before + through, all),
      saved: tried.noting(candles, sets, size, saved && savedBetween(saved, first, batches)),
    });
  };
}

/** A stage has few sets, and all processors are to have some of them. */
const stageBatch = (sets: number) => Math.min(BATCH_SETS, Math.max(16, Math.ceil(sets / 8)));

function savedBetween(saved: SavedBatches, from: number, to: number): SavedBatches {
  const own = [...saved.numbers].filter(([batch]) => batch >= from && batch < to);
  return {
    numbers: new Map(own.map(([batch, found]) => [batch - from, found])),
    save: (batch, found) => saved.save(batch + from, found),
  };
}
