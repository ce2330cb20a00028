import type { TriedBefore } from "../../ports/trial_ledger.ts";
import { marketsLike } from "./market_of.ts";
import { lookInto } from "./open.ts";
import { earlierSets } from "./sqlite_ledger.ts";

/** Looks into the ledger in a SQLite file, and writes nothing. Throws an `InputError` if it is no ledger. */
export function triedBefore(path: string): TriedBefore {
  return (market, from, to) =>
    lookInto(
      path,
      (db) => marketsLike(db, market).flatMap((number) => earlierSets(db, number, [{ from, to }])),
    ) ?? [];
}
