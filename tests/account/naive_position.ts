import type { Reason } from "../../engine/account/ledger.ts";

export type Side = "long" | "short";

/** What a naive account holds, and all that happened to it. */
export interface Position {
  side: Side;
  /** What is held, and the average price at which that was entered. */
  units: number;
  price: number;
  time: number;
  fee: number;
  slipped: number;
  worthBefore: number;
  /** What parts that were closed gained. */
  realised: number;
  /** What is put apart for it, and all of which is lost when it is liquidated. */
  margin: number;
  funding: number;
  entered: { units: number; price: number }[];
  left: { units: number; price: number }[];
  best: number;
  closes: number;
  /** Levels at which a gain is taken, as they come: a part of what is held, or all of it. */
  targets: { why: Reason; price: number; part: number }[];
  evenAt: number;
  /** Every stop level that was ever set: the nearest one counts, the first of equal ones. */
  levels: { price: number; why: Reason }[];
}

/** The units of fills. */
export const total = (fills: { units: number }[]) =>
  fills.reduce((sum, { units }) => sum + units, 0);
/** What fills were worth. */
export const notional = (fills: { units: number; price: number }[]) =>
  fills.reduce((sum, { units, price }) => sum + units * price, 0);

/** The nearest target; of equal ones the first, then the second. */
export function nextTarget({ side, targets }: Position): Position["targets"][number] | undefined {
  const up = side === "long";
  return targets.toSorted((a, b) => up ? a.price - b.price : b.price - a.price)[0];
}
