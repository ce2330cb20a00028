import type { Timeframe } from "../market/timeframe.ts";
import type { Book, Others } from "./book.ts";
import type { Ledger } from "./ledger.ts";
import type { AllSettings } from "./settings.ts";
import type { AccountState } from "./state.ts";
import type { Distances, NotedStop, Stops } from "./stop_rules.ts";

/** What the account's steps work on: its memory, its rules, and where it tells what it does. */
export interface Desk {
  readonly state: AccountState;
  /** The money: the state itself, or what several accounts have in common. */
  readonly book: Book;
  readonly others: Readonly<Others>;
  readonly settings: AllSettings;
  readonly stops: Stops;
  readonly timeframe: Timeframe;
  /** Whether there are protections, and whether they go by equity: most accounts have none. */
  readonly protects: boolean;
  readonly watchesEquity: boolean;
  /** Stops that are series, on the rows of the signals. */
  distances: Distances;
  /** Those of them that go by the row of the decision. */
  noted: readonly NotedStop[];
  /** Whether something besides signals may close a position, and whether one may have to pay funding. */
  hasStops: boolean;
  isFunded: boolean;
  /** Whether a candle of the strategy closes with this row. */
  closes: boolean;
  ledger: Ledger;
  /** An entry that is to follow when all that leaves has left. */
  entering: Entering | undefined;
}

/** An entry at a market price. */
export interface Entering {
  side: 1 | -1;
  price: number;
  time: number;
  /** Of a position that is built up: the units that it is to have. */
  target?: number;
}

/** By what a position was opened inside of a candle; `undefined` if it was not, or at its open. */
export type FilledInside = "limit" | "stop" | undefined;
