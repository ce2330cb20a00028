import type { ChoiceRule, FlagRule, NumberRule, Rule } from "./rule.ts";

/** A setting as it is declared, once: the config's schema, checks and flags follow from it. */
export interface Setting<T> {
  default: T;
  rule: Rule;
  /** What it is, for readers of the schema. */
  description: string;
}

function number(
  byDefault: number,
  rule: Omit<NumberRule, "type">,
  description: string,
): Setting<number> {
  return { default: byDefault, rule: { type: "number", ...rule }, description };
}

function choice<T extends string>(
  byDefault: T,
  options: readonly T[],
  description: string,
): Setting<T> {
  const rule: ChoiceRule = { type: "choice", options, allowed: options.join(" or ") };
  return { default: byDefault, rule, description };
}

function flag(byDefault: boolean, description: string): Setting<boolean> {
  const rule: FlagRule = { type: "flag", allowed: "true or false" };
  return { default: byDefault, rule, description };
}

/** Every setting of an account. Ratios are fractions; money is in the quote currency. */
export const SETTINGS = {
  balance: number(
    10_000,
    { above: 0, allowed: "an amount above 0" },
    "Cash at the start, in the quote currency",
  ),
  fee: number(
    0.001,
    { min: 0, below: 1, allowed: "a fraction from 0 to below 1" },
    "Fee on the notional of each side: 0.001 is 0.1 %",
  ),
  slippage: number(
    0,
    { min: 0, below: 1, allowed: "a fraction below 1" },
    "Fraction of the price by which market fills are worse",
  ),
  fill: choice<"next-open" | "close">(
    "next-open",
    ["next-open", "close"],
    "Where a decision is filled: at the next candle's open, or at the very close that it was taken " +
      "on (optimistic: nobody can trade on a price that is already past)",
  ),
  size: number(
    1,
    { above: 0, max: 1, allowed: "above 0 and at most 1" },
    "Fraction of equity that a position takes",
  ),
  shorts: flag(false, "Whether it may sell short; spot accounts may not"),
  lot: number(
    0,
    { min: 0, allowed: "an amount, or 0 for any" },
    "Amounts are rounded down to whole multiples of this; 0 leaves them as they are",
  ),
};

/** How an account trades: a value for each of `SETTINGS`, which says what it means. */
export type AccountSettings = {
  [Name in keyof typeof SETTINGS]: typeof SETTINGS[Name]["default"];
};

/** The settings of an account of which nothing is said. */
export const DEFAULT_ACCOUNT: AccountSettings = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]),
) as AccountSettings;
