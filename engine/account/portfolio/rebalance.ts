import { checkOptions } from "../../market/check_options.ts";
import { InputError } from "../../market/errors.ts";
import { checkRule } from "../check_settings.ts";
import type { Rule } from "../rule.ts";

/** How positions are brought back to their shares. */
export interface Rebalance {
  /**
   * At the first close of every so many UTC days, counted from 1970; else at each close. What has no
   * candle that closes then is left as it is until the next time.
   */
  days?: number;
  /** By how much of equity a position must be off its share; by default anything. */
  threshold?: number;
}

/** What they may be. */
const REBALANCE_RULES = {
  days: { type: "number", min: 1, whole: true, allowed: "a whole number of days, 1 or more" },
  threshold: {
    type: "number",
    above: 0,
    below: 1,
    allowed: "a fraction of equity, above 0 and below 1",
  },
} as const satisfies Record<string, Rule>;

/**
 * Throws an `InputError` for a rebalancing that cannot be: positions have a share to go back to where
 * sizes are fractions of equity, and shares fit into it.
 */
export function checkRebalance(
  rebalance: Rebalance,
  sizing: string,
  allocation: Readonly<Record<string, number>> | undefined,
): void {
  checkOptions(rebalance, Object.keys(REBALANCE_RULES), "portfolio.rebalance");
  for (const [name, rule] of Object.entries(REBALANCE_RULES)) {
    const value = rebalance[name as keyof Rebalance];
    if (value !== undefined) checkRule(`portfolio.rebalance.${name}`, value, rule);
  }
  if (rebalance.days === undefined && rebalance.threshold === undefined) {
    throw new InputError("portfolio.rebalance is empty: give days, threshold or both");
  }
  if (sizing !== "fraction") {
    throw new InputError(
      `portfolio.rebalance is given, but account.sizing is ${sizing}: only a fraction of equity is a ` +
        "share to go back to",
    );
  }
  const sum = Object.values(allocation ?? {}).reduce((sum, share) => sum + share, 0);
  if (sum <= 1 + 1e-9) return;
  throw new InputError(
    `portfolio.rebalance is given, but the shares of portfolio.allocation are ${sum} together: they ` +
      "must be 1 at most, or positions could not all go back to theirs",
  );
}
