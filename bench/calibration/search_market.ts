import { type Judgement, judgeSearch } from "../../engine/research/overfitting/judge_search.ts";
import { gridSets } from "../../engine/research/sweep/parameter_sets.ts";
import type { SweepResult } from "../../engine/research/sweep/sweep_result.ts";
import { sweep } from "../../engine/search/sweep.ts";
import type { Family } from "./family.ts";
import { plantedMarket } from "./planted_market.ts";

/** Three years of hours. */
export const HOURS = 3 * 8_760;

/** What the judgement of one search was, and the Sharpe ratio of every set, a year. */
export interface Outcome extends Judgement {
  ratios: Float64Array;
}

/** Searches a made market, as `sweep` does, without costs: what is planted is before them. */
export async function searchMarket(
  { strategy, space, position }: Family,
  sharpe: number,
  seed: number,
  hours = HOURS,
): Promise<SweepResult> {
  const candles = plantedMarket({ seed, hours, sharpe, position: position() });
  const sets = gridSets(strategy, space);
  return await sweep(strategy, candles, sets, { account: { fee: 0 }, workers: 1, keep: 1 });
}

/** What `sweep` says of what it found. */
export function outcomeOf(found: SweepResult): Outcome {
  return { ...judgeSearch(found), ratios: found.column("sharpe") };
}
