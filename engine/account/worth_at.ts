import type { Desk } from "./desk.ts";

/** The equity of an account's book, its own position marked at `price`. */
export function worthAt({ state, book, others }: Desk, price: number): number {
  return book.cash + state.position * price + others.worth;
}
