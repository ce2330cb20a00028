import type { Candles } from "../../market/candles.ts";
import { numberOf } from "../../research/sweep/numbers.ts";
import { madeSets } from "../../research/sweep/sampled_sets.ts";
import type { ParameterSets } from "../../research/sweep/parameter_sets.ts";
import type { SavedBatches } from "../sweep_options.ts";
import type { Trial } from "./count_trials.ts";

/** Some sets of a search over some candles, and the Sharpe ratios of the batches that are through. */
interface Begun {
  candles: Candles;
  sets: ParameterSets;
  size: number;
  ratios: Map<number, Float64Array>;
}

/** What is noted of a search while it goes on. */
export interface TriedSoFar {
  /** Where the batches of `size` sets are to be saved, so that they are noted; and in `saved`, if that is given. */
  noting(candles: Candles, sets: ParameterSets, size: number, saved?: SavedBatches): SavedBatches;
  /** What is through until now: one trial for each span of candles. */
  trials(): Trial[];
}

/** Notes which sets of a search are through, so that those of one that is ended count, too. */
export function triedSoFar(): TriedSoFar {
  const all: Begun[] = [];
  return {
    noting(candles, sets, size, saved) {
      const numbers = saved?.numbers ?? new Map<number, Float64Array>();
      const ratios = new Map<number, Float64Array>();
      const keep = (batch: number, found: Float64Array) =>
        void ratios.set(batch, numberOf(found, "sharpe"));
      for (const [batch, found] of numbers) keep(batch, found);
      all.push({ candles, sets, size, ratios });
      return {
        numbers,
        save(batch, found) {
          keep(batch, found);
          saved?.save(batch, found);
        },
      };
    },
    trials() {
      const begun = all.filter(({ ratios }) => ratios.size > 0);
      return [...Map.groupBy(begun, ({ candles }) => candles).values()].map(together);
    },
  };
}

function together(begun: readonly Begun[]): Trial {
  const [{ candles, sets: { names } }] = begun;
  const through = begun.flatMap(({ sets, size, ratios }) =>
    [...ratios].flatMap(([batch, found]) =>
      Array.from(found, (ratio, i) => ({ set: sets.at(batch * size + i), ratio }))
    )
  );
  const sets = madeSets(names, through.map(({ set }) => set));
  return { candles, sets, ratios: Float64Array.from(through, ({ ratio }) => ratio) };
}
