import { type IdNumber, idPlus } from "./trade_ids.ts";

/** Numbers that were gone over because the exchange did not give their trades. */
export interface SkippedIds {
  first: IdNumber;
  last: IdNumber;
  /** The time of the trades on either side, UTC milliseconds. */
  from: number;
  to: number;
}

/** So long is asked for them, in milliseconds of the exchange's time, and for so many of them. */
const REMEMBERED = 600_000, MOST = 100;

/**
 * What was skipped lately: an exchange that keeps a trade back shows it later, and then perhaps while
 * nobody listens.
 */
export class Skipped {
  private all: SkippedIds[] = [];

  /** What is still to be asked for when the newest trade is of `time`. */
  at(time: number): readonly SkippedIds[] {
    this.all = this.all.filter(({ to }) => to >= time - REMEMBERED).slice(-MOST);
    return this.all;
  }

  add(skipped: SkippedIds): void {
    if (skipped.first <= skipped.last) this.all.push(skipped);
  }

  /** Whether a number was skipped, and was not had since; now it is. */
  take(number: IdNumber): boolean {
    const found = this.all.find(({ first, last }) => number >= first && number <= last);
    if (!found) return false;
    const had = this.had.has(`${number}`);
    this.had.add(`${number}`);
    return !had;
  }

  /**
   * Whether a trade that stands for several numbers may be had as one: not if some of them were had
   * singly. Now all are.
   */
  takeJoined(first: IdNumber, last: IdNumber): boolean {
    let isWhole = true;
    for (let number = first; number <= last; number = idPlus(number, 1)) {
      if (this.had.has(`${number}`)) isWhole = false;
    }
    for (let number = first; isWhole && number <= last; number = idPlus(number, 1)) {
      this.take(number);
    }
    return isWhole;
  }

  private readonly had = new Set<string>();
}
