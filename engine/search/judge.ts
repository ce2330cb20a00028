import { type Judgement, judgeSearch } from "../research/overfitting/judge_search.ts";
import { returnMatrix } from "../research/overfitting/return_matrix.ts";
import { comparedSets } from "../research/overfitting/search_returns.ts";
import { unpackReturns } from "../research/sweep/packed_returns.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { runBatches } from "./run_batches.ts";
import type { SweepOptions } from "./sweep_options.ts";

/** How a search is judged: who works on it, who is told how far it is, and what ends it. */
export type JudgeOptions = Pick<SweepOptions, "workers" | "processors" | "progress" | "signal">;

/**
 * Judges a search as `judgeSearch` does, to the bit; the sets that are compared, which takes the most time, are
 * run by all processors, and it can be ended meanwhile: then it throws the signal's reason.
 */
export async function judge(found: SweepResult, options: JudgeOptions = {}): Promise<Judgement> {
  const { spec, sets } = comparedSets(found), { length } = sets;
  const returns: Float64Array[] = [], { progress = () => {} } = options;
  let through = 0;
  await runBatches(spec, found.candles, sets, [{ from: 0, to: length }], (first, packed) => {
    const some = unpackReturns(packed);
    some.forEach((column, i) => returns[first + i] = column);
    progress(through += some.length, length);
  }, options);
  return judgeSearch(found, returnMatrix(returns));
}
