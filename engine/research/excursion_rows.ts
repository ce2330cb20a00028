import type { ClosedTrade } from "../account/ledger.ts";
import type { Excursion } from "../metrics/excursions.ts";
import type { Performance } from "../metrics/performance.ts";

/** How far the price went against a trade and for it while it was held; see `Excursion`. */
export interface ExcursionRow
  extends Pick<ClosedTrade, "side" | "entryTime" | "exitTime" | "return" | "reason">, Excursion {}

/** One row for each closed trade, in their order. */
export function excursionRows(performance: Performance): ExcursionRow[] {
  const { trades, excursions } = performance;
  return trades.map(({ side, entryTime, exitTime, return: gain, reason }, i) => {
    return { side, entryTime, exitTime, reason, return: gain, ...excursions[i] };
  });
}
