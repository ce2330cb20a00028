import type { Candles } from "../../market/candles.ts";
import { numberOf } from "../../research/sweep/numbers.ts";
import { madeSets } from "../../research/sweep/sampled_sets.ts";
import type { ParameterSets } from "../../research/sweep/parameter_sets.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import type { SavedBatches } from "../sweep_options.ts";
import type { Trial } from "./count_trials.ts";

/** What of one run of sets is through: which batches of how many sets, and the Sharpe ratios in them. */
interface Begun {
  candles: Candles;
  sets: ParameterSets;
  size: number;
  batches: Set<number>;
  ratios: Float64Array;
}

/** Notes which sets of a search are through, so that those of one that is ended count, too. */
export class TriedSoFar {
  private readonly begun: Begun[] = [];

  /** Where a run puts its batches of `size` sets: here, and where they are `saved`. */
  noting(
    candles: Candles,
    sets: ParameterSets,
    size: number,
    saved: SavedBatches | undefined,
  ): SavedBatches {
    const ratios = new Float64Array(sets.length), batches = new Set<number>();
    this.begun.push({ candles, sets, size, batches, ratios });
    const keep = (batch: number, numbers: Float64Array) => {
      batches.add(batch);
      ratios.set(numberOf(numbers, "sharpe"), batch * size);
    };
    const numbers = saved?.numbers ?? new Map<number, Float64Array>();
    for (const [batch, found] of numbers) keep(batch, found);
    return {
      numbers,
      save(batch, found) {
        keep(batch, found);
        saved?.save(batch, found);
      },
    };
  }

  /** What is through, together where it was over the same candles. */
  trials(): Trial[] {
    const begun = this.begun.filter(({ batches }) => batches.size > 0);
    return [...Map.groupBy(begun, ({ candles }) => candles)].map(([candles, runs]) => {
      const sets: ParameterValues[] = [], ratios: number[] = [];
      for (const { sets: all, size, batches, ratios: found } of runs) {
        for (const batch of batches) {
          for (let set = batch * size; set < Math.min(all.length, (batch + 1) * size); set++) {
            sets.push(all.at(set));
            ratios.push(found[set]);
          }
        }
      }
      return { candles, sets: madeSets(runs[0].sets.names, sets), ratios: Float64Array.from(ratios) };
    });
  }
}
