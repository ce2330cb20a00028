import { type MetricsSettings, metricsSettings, periodsIn365Days } from "../../metrics/settings.ts";
import { seededRandom } from "../seeded_random.ts";
import { runBatch, type SweepSpec } from "../sweep/batch.ts";
import type { ParameterSets } from "../sweep/parameter_sets.ts";
import type { SweepResult } from "../sweep/sweep_result.ts";
import { type ReturnMatrix, returnMatrix } from "./return_matrix.ts";

/** Sets whose returns are compared: more tell no more. */
const MOST_COMPARED = 1_000;

/** Sets that are run together: what they have in common then fits a processor's cache. */
const AT_ONCE = 125;

/**
 * How a search is judged: by daily returns, whatever period its own numbers go by, and as many a year as
 * its own years have (252 if it counts 252 days, 365 if it counts 8,760 hours), so that its ratios and
 * those of the judgement are on one scale.
 */
export function judgedBy(found: SweepResult): MetricsSettings {
  const { settings } = found.spec;
  const periodsPerYear = 365 * settings.periodsPerYear / periodsIn365Days(settings.period);
  return metricsSettings({ ...settings, period: "1d", periodsPerYear });
}

/** The set with the best Sharpe ratio, by its number; of equals the first, and 0 if none is known. */
export function bestBySharpe(found: SweepResult): number {
  const ratios = found.column("sharpe");
  const isBetter = (ratio: number, than: number) =>
    ratio > than || Number.isNaN(than) && !Number.isNaN(ratio);
  return ratios.reduce((best, ratio, set) => isBetter(ratio, ratios[best]) ? set : best, 0);
}

/** By which the sets that are compared are drawn: the same for the same search. */
const SEED = 20_140_731;

/**
 * The sets of a search that are compared by their daily returns, and how these are had: the one with the best Sharpe
 * ratio first, then the others; if there are more than 1,000, one by chance of each of as many stretches. (In even
 * steps through a grid they might all have the same value of a parameter.)
 */
export function comparedSets(found: SweepResult): { spec: SweepSpec; sets: ParameterSets } {
  const { sets, length } = found, best = bestBySharpe(found);
  const others = Math.min(length, MOST_COMPARED) - 1;
  const compared = [best], random = seededRandom(SEED);
  for (let i = 0; i < others; i++) {
    const [from, to] = [i, i + 1].map((n) => Math.floor(n * (length - 1) / others));
    const other = from + Math.floor(random() * (to - from));
    compared.push(other < best ? other : other + 1);
  }
  const spec = { ...found.spec, settings: judgedBy(found), keepsReturns: true };
  const at = (set: number) => sets.at(compared[set]);
  return { spec, sets: { names: sets.names, length: compared.length, at } };
}

/** The daily returns of the sets that `comparedSets` names, in their order. They are computed anew: a sweep keeps none. */
export function searchReturns(found: SweepResult): ReturnMatrix {
  const { spec, sets } = comparedSets(found), { length } = sets, columns: Float64Array[] = [];
  for (let from = 0; from < length; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, length - from);
    const some = Array.from({ length: count }, (_, i) => sets.at(from + i));
    columns.push(...runBatch(spec, some, found.candles).map(({ returns }) => returns));
  }
  return returnMatrix(columns);
}
