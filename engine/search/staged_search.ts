import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { firstActed, type SweepSpec } from "../research/sweep/batch.ts";
import {
  type Allows,
  Axes,
  type ParameterSets,
  type ParameterSpace,
} from "../research/sweep/axes.ts";
import { evolve } from "../research/sweep/evolve.ts";
import { halvingRungs } from "../research/sweep/halving_rungs.ts";
import { betterWay, numberOf, type SweepNumber } from "../research/sweep/numbers.ts";
import { fewerNote, someAllowed } from "../research/sweep/parameter_sets.ts";
import { isVast, looksFor, madeSets } from "../research/sweep/sampled_sets.ts";
import { setOrder } from "../research/sweep/set_order.ts";
import { sobolSets } from "../research/sweep/sobol_sets.ts";
import { sobolPoints } from "../research/sweep/sobol.ts";
import { type Random, seededRandom } from "../research/seeded_random.ts";
import type { ParameterValues } from "../series/scalars.ts";
import type { Trial } from "./trials/count_trials.ts";

/** Has sets backtested over candles, and gives their numbers; `all` is how many sets it will be in the end. */
export type RunSets = (sets: ParameterSets, candles: Candles, all: number) => Promise<Float64Array>;

/** What a search in stages is of. */
export interface Stages {
  spec: SweepSpec;
  candles: Candles;
  space: ParameterSpace;
  count: number;
  seed: number;
  allows: Allows;
  objectives: readonly SweepNumber[];
  run: RunSets;
}

/** The sets that were tried over all candles, their numbers, and all that was tried over any. */
export interface StagesFound {
  sets: ParameterSets;
  numbers: Float64Array;
  trials: Trial[];
}

/** A search whose next sets depend on what came of those before. */
export type StagedSearch = (stages: Stages) => Promise<StagesFound>;

/**
 * Many sets over the first part of the candles, the best third of them over three times as much, and so on. What
 * is bad early on is not seen again, so that it finds what is good throughout for the price of few sets.
 */
export async function halvingSearch(stages: Stages): Promise<StagesFound> {
  const { spec, candles, space, count, seed, allows, objectives, run } = stages;
  let sets = sobolSets(spec.strategy, space, count, seededRandom(seed), allows);
  const first = firstActed(candles, spec.start),
    rungs = halvingRungs(sets.length, candles.length - first);
  const all = rungs.reduce((sum, { sets }) => sum + sets, 0), trials: Trial[] = [];
  for (const [i, { rows }] of rungs.entries()) {
    const part = candles.slice(0, first + rows), numbers = await run(sets, part, all);
    trials.push({ candles: part, sets, ratios: numberOf(numbers, "sharpe") });
    if (i + 1 === rungs.length) return { sets, numbers, trials };
    const { order } = setOrder(objectives, (name) => numberOf(numbers, name)), before = sets;
    const left = [...order.subarray(0, rungs[i + 1].sets)].sort((a, b) => a - b);
    sets = { ...before, method: "halving", length: left.length, at: (set) => before.at(left[set]) };
  }
  throw new Error("A halving has no rung");
}

/** Sets that are bred from the better ones of those before; see `evolve`. */
export async function evolutionSearch(stages: Stages): Promise<StagesFound> {
  const { spec, candles, space, count, seed, allows, objectives, run } = stages;
  if (objectives.length > 1) {
    throw new InputError(
      "An evolution is ranked by one number: --rank sharpe, say, or another method",
    );
  }
  const axes = new Axes(spec.strategy, space, allows, true), random = seededRandom(seed);
  const tried: ParameterValues[] = [], found: Float64Array[] = [];
  const dimensions = axes.names.length, fresh = sobolPoints(dimensions, random);
  await evolve({
    ...{ dimensions, random, fresh, rest: restOf(axes, count, random) },
    count: Math.min(count, axes.size),
    known(point) {
      const places = axes.placesOf(point);
      return axes.allows(axes.set(places)) ? places.join() : undefined;
    },
    async worth(points) {
      if (points.length === 0) return new Float64Array();
      const sets = points.map((point) => axes.set(axes.placesOf(point)));
      const numbers = await run(madeSets(axes.names, sets), candles, count);
      tried.push(...sets);
      found.push(numbers);
      const [rank] = objectives, way = betterWay(rank);
      return numberOf(numbers, rank).map((value) => way * value);
    },
  });
  const numbers = Float64Array.from(found.flatMap((some) => [...some]));
  if (tried.length === 0) throw axes.tooFew(0, count, looksFor(axes, count));
  const sets = madeSets(axes.names, tried, fewerNote(tried.length, count, isVast(axes)));
  return { sets, numbers, trials: [{ candles, sets, ratios: numberOf(numbers, "sharpe") }] };
}

/**
 * Points by chance: of so many sets that may be tried, which are looked for when the first is asked for; of a vast
 * space, where they cannot be, so many that some may be.
 */
function restOf(axes: Axes, count: number, random: Random): () => Float64Array | undefined {
  if (isVast(axes)) {
    let left = looksFor(axes, count);
    return () => left-- > 0 ? Float64Array.from(axes.names, random) : undefined;
  }
  let places: number[] | undefined, sets: ParameterSets;
  return () => {
    if (places === undefined) {
      sets = someAllowed(axes, count, random);
      places = Array.from({ length: sets.length }, (_, i) => i);
    }
    if (places.length === 0) return undefined;
    const [place] = places.splice(Math.floor(random() * places.length), 1);
    return axes.pointOf(sets.at(place));
  };
}
