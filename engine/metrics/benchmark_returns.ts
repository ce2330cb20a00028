import type { Timeframe } from "../market/timeframe.ts";
import type { Performance } from "./performance.ts";
import { periodEquity } from "./period_equity.ts";
import { periodReturns } from "./period_returns.ts";

/**
 * Returns of buying and holding over the same UTC periods as the account's, as fractions: bought at the
 * open of the first row, without costs. One for each of `periodReturns`; the account's are fewer only
 * where it was ruined. Empty without rows.
 */
export function benchmarkReturns(
  { rows, benchmark: { before, worth } }: Pick<Performance, "rows" | "benchmark">,
  period: Timeframe,
): Float64Array {
  const curve = { rows, equity: worth, initialBalance: before };
  return periodReturns(before, periodEquity(curve, period));
}
