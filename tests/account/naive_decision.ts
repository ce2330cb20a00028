import type { Action } from "../../engine/account/ledger.ts";
import type { Side } from "./naive_position.ts";
import type { NaiveRow } from "./naive_row.ts";

/** What a row asks for, by the design's words. */
export function naiveDecision(
  row: Pick<
    NaiveRow,
    "enterLong" | "exitLong" | "enterShort" | "exitShort" | "reduceLong" | "reduceShort"
  >,
  side: Side | undefined,
  shorts: boolean,
  adds = false,
): Action | "cancelled" | undefined {
  const long = row.enterLong === true && row.exitLong !== true;
  const short = shorts && row.enterShort === true && row.exitShort !== true;
  if (side === "long") {
    if (short) return "reverseToShort";
    if (row.exitLong === true) return "exitLong";
    if (row.reduceLong === true) return "reduceLong";
    return long && adds ? "addLong" : undefined;
  }
  if (side === "short") {
    if (long) return "reverseToLong";
    if (row.exitShort === true) return "exitShort";
    if (row.reduceShort === true) return "reduceShort";
    return short && adds ? "addShort" : undefined;
  }
  if (long && short) return "cancelled";
  if (long) return "enterLong";
  return short ? "enterShort" : undefined;
}
