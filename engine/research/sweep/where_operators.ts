import {
  compared,
  type DecimalFraction,
  difference,
  negative,
  product,
  quotient,
  remainder,
  sum,
} from "../../series/decimal_fraction.ts";

/** What a part of a condition on parameters is. */
export type WhereType = "number" | "truth" | "text";

/** Numbers are the decimals that were written, and reckoned with exactly: 0.3 - 0.1 is 0.2. */
export type WhereValue = DecimalFraction | string | boolean;

/** An operator of conditions on parameters. */
export interface WhereOperator {
  /** What it takes on each side; "same" is anything, but the same on both. */
  takes: WhereType | "same";
  gives: WhereType;
  of(a: never, b: never): WhereValue;
}

const compares = (holds: (order: number) => boolean) =>
  ({
    takes: "number",
    gives: "truth",
    of: (a: DecimalFraction, b: DecimalFraction) => holds(compared(a, b)),
  }) as const;
const counts = (of: (a: DecimalFraction, b: DecimalFraction) => DecimalFraction) =>
  ({ takes: "number", gives: "number", of }) as const;
const joins = (of: (a: boolean, b: boolean) => boolean) =>
  ({ takes: "truth", gives: "truth", of }) as const;
const equals = (isWanted: boolean) =>
  ({
    takes: "same",
    gives: "truth",
    of: (a: WhereValue, b: WhereValue) => isSame(a, b) === isWanted,
  }) as const;

function isSame(a: WhereValue, b: WhereValue): boolean {
  return typeof a === "object" && typeof b === "object" ? compared(a, b) === 0 : a === b;
}

/** What may stand between two parts. */
export const BINARY: Readonly<Record<string, WhereOperator>> = {
  "<": compares((order) => order < 0),
  "<=": compares((order) => order <= 0),
  ">": compares((order) => order > 0),
  ">=": compares((order) => order >= 0),
  "==": equals(true),
  "!=": equals(false),
  "+": counts(sum),
  "-": counts(difference),
  "*": counts(product),
  "/": counts(quotient),
  "%": counts(remainder),
  "&&": joins((a, b) => a && b),
  "||": joins((a, b) => a || b),
};

/** What may stand before a part. */
export const UNARY: Readonly<Record<string, WhereOperator>> = {
  "-": counts(negative),
  "!": joins((a) => !a),
};
