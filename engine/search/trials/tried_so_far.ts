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
  ratios: Map<number, Float64Array>;
}

/** What is noted of a search while it goes on. */
export interface TriedSoFar {
  /** Where batches are to be saved, so that they are noted; and in `saved`, if that is given. */
  noting(candles: Candles, sets: ParameterSets, saved?: SavedBatches): SavedBatches;
  /** What is through until now: one trial for each span of candles. */
  trials(): Trial[];
}

/** Notes which sets of a search are through, so that those of one that is ended count, too. */
export function triedSoFar(): TriedSoFar {
  const all: Begun[] = [];
  return {
    noting(candles, sets, saved) {
      const numbers = saved?.numbers ?? new Map<number, Float64Array>();
      const ratios = new Map<number, Float64Array>();
      const keep = (first: number, found: Float64Array) =>
        void ratios.set(first, numberOf(found, "sharpe"));
      for (const [first, found] of numbers) keep(first, found);
      all.push({ candles, sets, ratios });
      return {
        numbers,
        save(first, found) {
          keep(first, found);
          saved?.save(first, found);
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
  const through = begun.flatMap(({ sets, ratios }) =>
    [...ratios].flatMap(([first, found]) =>
      Array.from(found, (ratio, i) => ({ set: sets.at(first + i), ratio }))
    )
  );
  const sets = madeSets(names, through.map(({ set }) => set));
  return { candles, sets, ratios: Float64Array.from(through, ({ ratio }) => ratio) };
}
