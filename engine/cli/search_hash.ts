import type { Candles } from "../market/candles.ts";
import { fingerprint } from "../research/fingerprint.ts";
import type { ParameterSpace } from "../research/sweep/parameter_sets.ts";
import { type SearchMethod, STAGED } from "../search/search_methods.ts";
import type { SweepOptions } from "../search/sweep_options.ts";
import { contentHash } from "../series/canonical.ts";
import { strategyHash } from "../strategy/strategy_json.ts";
import type { Strategy } from "../strategy/strategy.ts";

/** How a search is written down while it is under way: 2 since batches are known by their first sets. */
const JOURNAL = 2;

/** What was chosen to be tried. */
export interface Chosen {
  space: ParameterSpace;
  where?: string;
  count: number;
  /** Of any method but a grid. */
  method?: SearchMethod;
  seed?: number;
}

/**
 * What a search is known by: the same for the same sets over the same candles. Which engine makes their
 * numbers is no part of it: see `engineVersion`.
 */
export function searchHash(
  strategy: Strategy,
  candles: Candles,
  { account, start, timeframe, instruments = {}, funding, rank }: SweepOptions,
  chosen: Chosen,
): string {
  const others = Object.entries(instruments).map((
    [symbol, own],
  ) => [symbol, fingerprint(own as Candles)]);
  const all = {
    ...{ strategy: strategyHash(strategy), account, start, timeframe },
    ...{ candles: fingerprint(candles), others, funding, ...chosen },
    // What is tried next goes by what was best.
    ...(STAGED[chosen.method ?? "grid"] && { rank }),
    journal: JOURNAL,
  };
  // What is not given is not there in JSON, either.
  return contentHash(JSON.parse(JSON.stringify(all)));
}
