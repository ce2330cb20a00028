import type { Candles } from "../../market/candles.ts";
import { firstAfter } from "../../metrics/first_after.ts";
import { numberOf } from "../../research/sweep/numbers.ts";
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

/** Some sets of a search that follow each other, and are through. */
interface Piece {
  sets: ParameterSets;
  /** The first of them. */
  first: number;
  found: Float64Array;
}

/** What is through over the same candles. Sets are made when they are asked for: there may be millions. */
function together(begun: readonly Begun[]): Trial {
  const [{ candles, sets: { names } }] = begun;
  const pieces = begun.flatMap(({ sets, ratios }) =>
    Array.from(ratios, ([first, found]): Piece => ({ sets, first, found }))
  );
  const starts = new Float64Array(pieces.length);
  let length = 0;
  pieces.forEach(({ found }, i) => {
    starts[i] = length;
    length += found.length;
  });
  const ratios = new Float64Array(length);
  pieces.forEach(({ found }, i) => ratios.set(found, starts[i]));
  const at = (set: number) => {
    const i = firstAfter(starts, set) - 1, { sets, first } = pieces[i];
    return sets.at(first + set - starts[i]);
  };
  return { candles, sets: { names, length, at }, ratios };
}
