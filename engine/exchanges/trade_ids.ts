/** A trade's id as a number: exact, and fast for those of up to 15 digits. */
export type IdNumber = number | bigint;

const DIGITS = /^\d{1,40}$/;

/** The number that an id writes; `undefined` if it is no whole number, such as a UUID. */
export function idNumber(id: string): IdNumber | undefined {
  if (!DIGITS.test(id)) return undefined;
  return id.length <= 15 ? Number(id) : BigInt(id);
}

/** The id `steps` further on; what no longer fits a double exactly becomes a bigint. */
export function idPlus(id: IdNumber, steps: number): IdNumber {
  if (typeof id === "bigint") return id + BigInt(steps);
  const sum = id + steps;
  return Number.isSafeInteger(sum) ? sum : BigInt(id) + BigInt(steps);
}

/** How many ids lie from `a` up to and not including `b`. */
export function idsBetween(a: IdNumber, b: IdNumber): number {
  return typeof a === "number" && typeof b === "number" ? b - a : Number(BigInt(b) - BigInt(a));
}

/** Ids that are missing; `to` is unknown while nothing newer has come. */
export interface MissingIds {
  from: IdNumber;
  to: IdNumber | undefined;
}

/** The last trade that was passed, or the one before the first that is wanted. */
export interface Reached {
  id: string;
  number: IdNumber;
  timestamp: number;
}
