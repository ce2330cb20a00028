import type { Member } from "./member.ts";
import type { PortfolioSettings } from "./settings.ts";

/**
 * The fraction of equity that a member's position may take: its allocation; or one part of as many as
 * there may be positions; or, with `inverseVolatility`, (1 / its volatility) / the sum of 1 / volatility
 * over the members whose volatility is known, times what there are members to a position, and at most
 * 1. NaN where its own volatility is not known, or 0.
 */
export function shareOf(
  member: Member,
  members: readonly Member[],
  { allocation, weights, maxOpenPositions = Infinity }: PortfolioSettings,
): number {
  if (allocation !== undefined) return allocation[member.name];
  if (weights !== "inverseVolatility") return 1 / Math.min(members.length, maxOpenPositions);
  if (!(member.volatility > 0)) return NaN;
  let sum = 0, known = 0;
  for (const { volatility } of members) {
    if (!(volatility > 0)) continue;
    sum += 1 / volatility;
    known++;
  }
  const share = 1 / member.volatility / sum;
  return known > maxOpenPositions ? Math.min(1, share * known / maxOpenPositions) : share;
}
