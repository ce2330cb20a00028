import type { Account } from "../account.ts";
import type { Book } from "../book.ts";

/** An instrument of a portfolio, as the others see it. */
export interface Member {
  readonly name: string;
  readonly account: Account;
  /** Its last close; NaN before its first. */
  close: number;
  /** The deviation of its returns at its last close; NaN where that is not known. */
  volatility: number;
  /** The units that its position is to be brought to at its next fill; NaN where it stays as it is. */
  target: number;
}

/** The equity of a portfolio: its cash, and all positions at their last closes. */
export function bookWorth({ cash }: Book, members: readonly Member[]): number {
  let worth = cash;
  for (let n = 0; n < members.length; n++) worth += valueOf(members[n]);
  return worth;
}

/** What a member's position is worth at its last close: negative for a short. */
export function valueOf({ account: { state: { position } }, close }: Member): number {
  return position === 0 ? 0 : position * close;
}
