import type { RefusalReason } from "./ledger.ts";
import { type AccountState, newState } from "./state.ts";

/**
 * The money of an account, and what its protections go by. An account alone is its own book; those of
 * a portfolio have one in common, and their own `cash` then is what each would have alone.
 */
export type Book = Pick<AccountState, typeof BOOK_FIELDS[number]>;

/** All that a book remembers, in the order in which it is saved. */
export const BOOK_FIELDS = [
  "cash",
  "worth",
  "peak",
  "halted",
  "day",
  "dayEquity",
  "dayLost",
] as const satisfies readonly (keyof AccountState)[];

/** The book of several accounts before their first row. */
export function newBook(balance: number): Book {
  const state = newState(balance);
  return Object.fromEntries(BOOK_FIELDS.map((name) => [name, state[name]])) as Book;
}

/**
 * What an account has to know of the other positions on its book, and of its own share of it. Money is
 * in the quote currency, prices are those of the last closes.
 */
export interface Others {
  /** What the other positions are worth: negative for shorts. */
  worth: number;
  /** What buying back the others' shorts would take: that, and as much again, is nobody's to spend. */
  owed: number;
  /** The fraction of the book's equity that sizes go by; NaN where it is not known. */
  share: number;
  /** The most that an entry may take, fees included. */
  room: number;
  /** Why nothing may be opened now. */
  refusal: RefusalReason | undefined;
}

/** There are no others. */
export const ALONE: Readonly<Others> = {
  worth: 0,
  owed: 0,
  share: 1,
  room: Infinity,
  refusal: undefined,
};
