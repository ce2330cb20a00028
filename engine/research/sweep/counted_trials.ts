import type { EarlierSets, RatioSums } from "../../ports/trial_ledger.ts";

/** Sets that one earlier search tried and that are counted neither here nor in another one. */
export interface FurtherSets {
  count: number;
  /** As how many independent ones they count; NaN if nobody judged them. */
  independent: number;
}

/** How many sets were tried until now, over this market and a span that overlaps with this one. */
export interface CountedTrials {
  /** Different sets that this search tried, on any span. */
  own: number;
  further: readonly FurtherSets[];
  /** The Sharpe ratios of all of them, a year of 365 days, whatever years the searches counted by. */
  ratios: RatioSums;
  /** Why earlier searches are not known; undefined if they are. */
  unknown?: string;
  /** Why later searches will not know of this one; undefined if they will, or if nothing is known. */
  unwritten?: string;
  /** Told as how many independent ones the search's own sets count, so that later searches know. */
  judged?: (independent: number) => void;
}

/** The trials of a search of which nothing else is known. */
export function ownTrials(own: number, ratios: Float64Array, unknown?: string): CountedTrials {
  return { own, further: [], ratios: ratioSums(ratios), ...(unknown !== undefined && { unknown }) };
}

/** How many different sets were tried, by this search and by earlier ones. */
export function triedCount(counted: CountedTrials): number {
  return counted.own + earlierCount(counted);
}

/** How many sets earlier searches tried that this one did not. */
export function earlierCount({ further }: CountedTrials): number {
  return further.reduce((sum, { count }) => sum + count, 0);
}

/**
 * As how many independent sets all of them count, where the search's own count as `own`: earlier ones as
 * they were judged then, or as much alike as these are. They add up, as if no search had looked where another
 * one did: so it is rather too many than too few.
 */
export function independentTrials(trials: CountedTrials, own: number): number {
  return trials.further.reduce(
    (sum, { count, independent }) =>
      sum + (Number.isNaN(independent) ? own * count / trials.own : independent),
    own,
  );
}

/** How much the Sharpe ratios deviate from each other, a year of 365 days (ddof 1); NaN of fewer than two. */
export function ratioDeviation({ count, sum, squares }: RatioSums): number {
  return count < 2 ? NaN : Math.sqrt(Math.max(0, squares - sum * sum / count) / (count - 1));
}

/** Sums of the ratios that are known. */
export function ratioSums(ratios: Float64Array): RatioSums {
  let count = 0, sum = 0, squares = 0;
  for (const ratio of ratios) {
    if (!Number.isFinite(ratio)) continue;
    count++;
    sum += ratio;
    squares += ratio * ratio;
  }
  return { count, sum, squares };
}

/**
 * Counts each set once: those of the search itself first, then those of the larger of the earlier searches.
 * `ids` are numbers of sets, each once and ascending. An earlier search of which only a part is new counts with that part of
 * what it was judged to be, and of its ratios.
 */
export function countFurther(
  ids: Float64Array,
  ratios: RatioSums,
  earlier: readonly EarlierSets[],
): Pick<CountedTrials, "own" | "further" | "ratios"> {
  const further: FurtherSets[] = [];
  let all = ratios, seen = ids;
  for (const sets of [...earlier].sort((a, b) => b.ids.length - a.ids.length)) {
    const together = union(seen, sets.ids);
    const count = together.length - seen.length, part = count / sets.ids.length;
    if (count === 0) continue;
    seen = together;
    // No search counts as more than its sets, whatever an older judgement said of it.
    further.push({ count, independent: Math.min(sets.independent, sets.ids.length) * part });
    all = added(all, sets.ratios, part);
  }
  return { own: ids.length, further, ratios: all };
}

/** The numbers of both, each once; all are ascending. (A `Set` holds no more than 2²⁴.) */
function union(some: Float64Array, others: Float64Array): Float64Array {
  const all = new Float64Array(some.length + others.length);
  let i = 0, j = 0, length = 0;
  while (i < some.length || j < others.length) {
    const next = j === others.length || some[i] <= others[j] ? some[i] : others[j];
    if (some[i] === next) i++;
    if (others[j] === next) j++;
    all[length++] = next;
  }
  return all.subarray(0, length);
}

function added(to: RatioSums, some: RatioSums, part: number): RatioSums {
  return {
    count: to.count + part * some.count,
    sum: to.sum + part * some.sum,
    squares: to.squares + part * some.squares,
  };
}
