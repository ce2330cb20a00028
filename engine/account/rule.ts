/** What a number may be. Ends are part of it (`min`, `max`) or not (`above`, `below`). */
export interface NumberRule {
  type: "number";
  min?: number;
  above?: number;
  max?: number;
  below?: number;
  whole?: boolean;
  /** The same in words, as messages say it. */
  allowed: string;
}

/** One of some words. */
export interface ChoiceRule {
  type: "choice";
  options: readonly string[];
  allowed: string;
}

/** True or false. */
export interface FlagRule {
  type: "flag";
  allowed: string;
}

/** What a setting may be: schemas, flags and checks of notebooks all go by it. */
export type Rule = NumberRule | ChoiceRule | FlagRule;

/**
 * Whether a value keeps a rule. Infinities and NaN keep none.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const rule: Rule = { type: "number", min: 0, below: 1, allowed: "a fraction" };
 * assert.deepEqual([0, 0.5, 1, NaN, "0"].map((value) => keeps(rule, value)), [
 *   true, true, false, false, false,
 * ]);
 * ```
 */
export function keeps(rule: Rule, value: unknown): boolean {
  if (rule.type === "flag") return typeof value === "boolean";
  if (rule.type === "choice") return rule.options.some((option) => option === value);
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  const { min = -Infinity, above = -Infinity, max = Infinity, below = Infinity, whole } = rule;
  if (whole && !Number.isInteger(value)) return false;
  return value >= min && value > above && value <= max && value < below;
}
