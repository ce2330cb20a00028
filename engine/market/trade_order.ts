import type { Trade } from "./trade.ts";

/** What tells which of two trades was first. */
export type TradeMoment = Pick<Trade, "timestamp" | "id">;

/**
 * Whether `a` was traded before `b`, by the exchange's word: the earlier one or, in the same
 * millisecond, the one with the lower number. Ids that are no numbers tell nothing; then trades are
 * taken in the order in which they came.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(tradedBefore({ timestamp: 5, id: "99" }, { timestamp: 5, id: "100" }), true);
 * assert.equal(tradedBefore({ timestamp: 5, id: "a" }, { timestamp: 5, id: "b" }), false);
 * ```
 */
export function tradedBefore(a: TradeMoment, b: TradeMoment): boolean {
  return a.timestamp < b.timestamp || (a.timestamp === b.timestamp && isLower(a.id, b.id));
}

/** Numbers are compared as text, since they may be longer than a double can tell apart. */
function isLower(a: string, b: string): boolean {
  if (!isNumber(a) || !isNumber(b)) return false;
  return a.length < b.length || (a.length === b.length && a < b);
}

const isNumber = (id: string) => /^(0|[1-9]\d*)$/.test(id);
