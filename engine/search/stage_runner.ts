import type { SweepSpec } from "../research/sweep/batch.ts";
import { runSets } from "./run_sets.ts";
import type { RunSets } from "./staged_search.ts";
import type { SavedBatches, SweepOptions } from "./sweep_options.ts";
import type { TriedSoFar } from "./trials/tried_so_far.ts";

/** Runs stage after stage, whose sets are numbered through, so that they can be saved as one search's; `tried` notes them. */
export function stageRunner(
  spec: SweepSpec,
  { saved, progress, ...options }: SweepOptions,
  tried: TriedSoFar,
): RunSets {
  let done = 0;
  return async (sets, candles, all) => {
    const before = done;
    done += sets.length;
    return await runSets(spec, candles, sets, {
      ...options,
      progress: (through) => progress?.(before + through, all),
      saved: tried.noting(candles, sets, saved && savedBetween(saved, before, done)),
    });
  };
}

function savedBetween(saved: SavedBatches, from: number, to: number): SavedBatches {
  const own = [...saved.numbers].filter(([first]) => first >= from && first < to);
  return {
    numbers: new Map(own.map(([first, found]) => [first - from, found])),
    save: (first, found) => saved.save(first + from, found),
  };
}
