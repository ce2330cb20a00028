import { finalEquity } from "./final_equity.ts";
import type { Performance } from "./performance.ts";

/** Change of equity as a fraction of the initial balance, all costs paid. NaN where no row ran. */
export function totalReturn(
  performance: Pick<Performance, "equity" | "initialBalance">,
): number {
  const { equity, initialBalance } = performance;
  if (equity.length === 0) return NaN;
  return (finalEquity(performance) - initialBalance) / initialBalance;
}
