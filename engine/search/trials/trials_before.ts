import { openTime } from "../../market/timeframe.ts";
import type { TriedBefore } from "../../ports/trial_ledger.ts";
import type { KnownTrials } from "../../research/known_trials.ts";
import {
  countFurther,
  independentTrials,
  ratioSums,
  triedCount,
} from "../../research/sweep/counted_trials.ts";
import type { Result } from "../../research/result.ts";
import { marketMarks } from "./market_marks.ts";
import { setIds } from "./set_ids.ts";

/**
 * How many different sets a ledger knows to have been tried over a result's market and spans that overlap with
 * its own, the result's set included, by whatever search. Where there is no leave to look, it is what a search
 * said of its own result.
 */
export function trialsBefore(result: Result, triedBefore: TriedBefore): KnownTrials {
  const { strategy, account, timeframe, parameters, seen, candles, trials } = result;
  if (strategy === undefined) return { trials };
  const id = setIds({ strategy, account, timeframe })(parameters);
  const from = openTime(candles.time[0], candles.timeframe), to = candles.time.at(-1)!;
  const earlier = allowed(() => triedBefore(marketMarks(seen), from, to));
  if (earlier === undefined || earlier.length === 0) return { trials };
  // One of those that were tried, or one more.
  const own = earlier.some(({ ids }) => ids.includes(id)) ? [] : [id];
  const none = ratioSums(new Float64Array());
  const counted = countFurther(Float64Array.from(own), none, earlier), all = triedCount(counted);
  const isJudged = counted.further.every(({ independent }) => !Number.isNaN(independent));
  // Of a search that kept another ledger, or none, the result itself may know more.
  if (!isJudged || all < trials) return { trials: Math.max(all, trials) };
  return { trials: all, independent: independentTrials(counted, own.length) };
}

/** Undefined where files may not be looked at. */
function allowed<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
