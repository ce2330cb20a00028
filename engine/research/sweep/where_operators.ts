/** What a part of a condition on parameters is. */
export type WhereType = "number" | "truth" | "text";

export type WhereValue = number | string | boolean;

/** An operator of conditions on parameters. */
export interface WhereOperator {
  /** What it takes on each side; "same" is anything, but the same on both. */
  takes: WhereType | "same";
  gives: WhereType;
  of(a: never, b: never): WhereValue;
}

const compares = (of: (a: number, b: number) => boolean) =>
  ({ takes: "number", gives: "truth", of }) as const;
const counts = (of: (a: number, b: number) => number) =>
  ({ takes: "number", gives: "number", of }) as const;
const joins = (of: (a: boolean, b: boolean) => boolean) =>
  ({ takes: "truth", gives: "truth", of }) as const;
const equals = (of: (a: WhereValue, b: WhereValue) => boolean) =>
  ({ takes: "same", gives: "truth", of }) as const;

/** What may stand between two parts. */
export const BINARY: Readonly<Record<string, WhereOperator>> = {
  "<": compares((a, b) => a < b),
  "<=": compares((a, b) => a <= b),
  ">": compares((a, b) => a > b),
  ">=": compares((a, b) => a >= b),
  "==": equals((a, b) => a === b),
  "!=": equals((a, b) => a !== b),
  "+": counts((a, b) => a + b),
  "-": counts((a, b) => a - b),
  "*": counts((a, b) => a * b),
  "/": counts((a, b) => a / b),
  "%": counts((a, b) => a % b),
  "&&": joins((a, b) => a && b),
  "||": joins((a, b) => a || b),
};

/** What may stand before a part. */
export const UNARY: Readonly<Record<string, WhereOperator>> = {
  "-": counts((a) => -a),
  "!": joins((a) => !a),
};
