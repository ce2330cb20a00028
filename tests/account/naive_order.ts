import type { Action, Reason } from "../../engine/account/ledger.ts";
import type { Side } from "./naive_position.ts";
import type { NaiveRow } from "./naive_row.ts";

/** What is done at the next fill, and the row that asked for it. */
export interface Waiting {
  action: Action;
  why?: Reason;
  at: NaiveRow;
}

/** An entry that waits for its price: below it or above, for so many more rows, since so many opens. */
export interface Order {
  side: Side;
  price: number;
  rises: boolean;
  left: number;
  at: NaiveRow;
  opens: number;
}
