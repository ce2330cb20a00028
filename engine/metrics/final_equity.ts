import type { Performance } from "./performance.ts";

/** Equity at the last row's close, in the quote currency; the initial balance where no row ran. */
export function finalEquity(
  { equity, initialBalance }: Pick<Performance, "equity" | "initialBalance">,
): number {
  return equity.length === 0 ? initialBalance : equity[equity.length - 1];
}
