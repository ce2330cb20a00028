import type { ValueType } from "../../expression.ts";
import { type NumberRule, windowRule } from "../../operator.ts";

/** How an indicator of the library is called, and what it gives. */
export interface Description {
  /** Its inputs; those named after a candle column are that, unless something else is given. */
  readonly inputs: readonly string[];
  readonly parameters: Readonly<Record<string, ParameterRule>>;
  /** One unnamed output, or the names of several that are numbers. */
  readonly output: ValueType | readonly string[];
  /** Where its numbers are not what one would expect of its name, or of our own operator for it. */
  readonly note?: string;
}

/** The rule that a parameter keeps, and what it is unless it is given. */
export interface ParameterRule extends NumberRule {
  readonly default?: number;
  /** Whether it is a yes (1) or no (0). */
  readonly flag?: true;
}

/** A whole number of rows. */
export function rows(): NumberRule;
export function rows(byDefault: number): NumberRule & { default: number };
export function rows(byDefault?: number): ParameterRule {
  return byDefault === undefined ? windowRule() : { ...windowRule(), default: byDefault };
}

/** A number from 0 to `max`. */
export function upTo(max: number, byDefault: number): NumberRule & { default: number } {
  return { min: 0, max, default: byDefault };
}

/** A yes or no, which is no unless it is given. */
export function flag(): NumberRule & { default: number; flag: true } {
  return { whole: true, min: 0, max: 1, default: 0, flag: true };
}
