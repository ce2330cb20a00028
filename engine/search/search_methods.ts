import { type Allows, type ParameterSets, randomSets } from "../research/sweep/parameter_sets.ts";
import type { ParameterSpace } from "../research/sweep/axes.ts";
import { sobolSets } from "../research/sweep/sobol_sets.ts";
import type { Random } from "../research/seeded_random.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { evolutionSearch, halvingSearch, type StagedSearch } from "./staged_search.ts";

/** How a search finds its sets. */
export const METHODS = ["grid", "random", "sobol", "halving", "evolution"] as const;
export type SearchMethod = typeof METHODS[number];

type Make = (
  strategy: Strategy,
  space: ParameterSpace,
  count: number,
  random: Random,
  allows: Allows,
) => ParameterSets;

/** What makes all sets of a method before any is run. */
export const MADE_BY: { readonly [Method in SearchMethod]?: Make } = {
  random: randomSets,
  sobol: sobolSets,
};

/** Methods whose next sets depend on what came of those before. */
export const STAGED: { readonly [Method in SearchMethod]?: StagedSearch } = {
  halving: halvingSearch,
  evolution: evolutionSearch,
};
