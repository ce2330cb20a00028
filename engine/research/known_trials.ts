import type { Result } from "./result.ts";

/** How many sets were tried for a result, it included, as far as is known. */
export interface KnownTrials {
  trials: number;
  /** As how many independent ones they count; undefined if nobody judged some of them. */
  independent?: number;
}

type Know = (result: Result) => KnownTrials;

let know: Know = ({ trials }) => ({ trials });

/** Has `promote` ask there how many sets were tried over a result's market and an overlapping span. */
export function knowTrialsBy(asked: Know): void {
  know = asked;
}

/** What is known: by what `knowTrialsBy` was told, else what a search said of its own result. */
export function knownTrials(result: Result): KnownTrials {
  return know(result);
}
