import { InputError } from "../../market/errors.ts";
import type { MetricsSettings } from "../../metrics/settings.ts";
import { sharpe } from "../../metrics/sharpe.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { CrossValidation, type SplitRow } from "./cross_validation.ts";
import type { HeldSpans } from "./held_spans.ts";
import { pathsOf, splitsOf } from "./splits.ts";
import { trainingMask } from "./training_mask.ts";

/**
 * A set of parameters, its returns period by period, and over which periods what is known of each
 * reaches.
 */
export interface ValidatedSet {
  params: ParameterValues;
  returns: Float64Array;
  spans: HeldSpans;
}

/** How periods are cut and tested. */
export interface Cut {
  groups: number;
  tested: number;
  /** Periods behind each test that are left out of training. */
  embargo: number;
}

/**
 * Cross-validates a choice among sets: for every split the set with the best Sharpe ratio in training,
 * and its returns in the tests, of which paths through all groups are made. A set of which training
 * shows no ratio, since it did nothing there or was left no days, is never chosen; where none has one,
 * nothing is chosen, and the tests earn 0. Throws an `InputError` where a group would have fewer than
 * two periods.
 *
 * Source: M. López de Prado, "Advances in Financial Machine Learning", 2018, chapter 12.
 */
export function validatedPaths(
  sets: readonly ValidatedSet[],
  time: Float64Array,
  { groups, tested, embargo }: Cut,
  settings: MetricsSettings,
  notes: readonly string[] = [],
): CrossValidation {
  const periods = time.length, splits = splitsOf(groups, tested);
  if (periods < 2 * groups) {
    throw new InputError(
      `Cannot cut ${periods} periods into ${groups} groups: each takes two periods, at least`,
    );
  }
  const bounds = Array.from({ length: groups + 1 }, (_, i) => Math.floor(i * periods / groups));
  const rows: SplitRow[] = [], chosen: Float64Array[] = [];
  for (const split of splits) {
    const best = bestOf(sets, { bounds, split, embargo }, settings);
    const returns = best.set?.returns ?? new Float64Array(periods);
    const out = split.flatMap((group) => [...returns.slice(bounds[group], bounds[group + 1])]);
    const sharpeOut = sharpe(Float64Array.from(out), settings);
    const { set, ratio: sharpeIn, trained } = best;
    rows.push({ tested: split, params: set?.params, sharpeIn, sharpeOut, trained });
    chosen.push(returns);
  }
  const paths = pathsOf(splits, groups).map((path) => {
    const returns = new Float64Array(periods);
    path.forEach((split, group) => {
      const own = chosen[split].subarray(bounds[group], bounds[group + 1]);
      returns.set(own, bounds[group]);
    });
    return returns;
  });
  return new CrossValidation(groups, rows, paths, time, settings, notes);
}

/** What is chosen by training; no set where none shows a ratio. */
interface Chosen {
  set: ValidatedSet | undefined;
  ratio: number;
  trained: number;
}

/** The set that is best where it may be trained, the first of equals, and of those alone that are known. */
function bestOf(
  sets: readonly ValidatedSet[],
  tested: Parameters<typeof trainingMask>[0],
  settings: MetricsSettings,
): Chosen {
  let best: Chosen = { set: undefined, ratio: NaN, trained: 0 };
  for (const set of sets) {
    const mask = trainingMask(tested, set.spans);
    const known = set.returns.filter((_, period) => mask[period] === 1);
    const ratio = sharpe(known, settings);
    if (ratio > best.ratio || Number.isNaN(best.ratio) && !Number.isNaN(ratio)) {
      best = { set, ratio, trained: known.length };
    }
  }
  return best;
}
