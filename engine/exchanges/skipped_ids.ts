import { REVISABLE } from "../ports/feed.ts";
import { type IdNumber, idPlus } from "./trade_ids.ts";

/** Numbers that were gone over because the exchange did not give their trades. */
export interface SkippedIds {
  first: IdNumber;
  last: IdNumber;
  /** The time of the trades on either side, UTC milliseconds. */
  from: number;
  to: number;
}

/** So many of them are asked for at most, the newest. */
const MOST = 100;

/**
 * What was skipped lately: an exchange that keeps a trade back shows it later, and then perhaps while
 * nobody listens. It is asked for while it can still be of use to the reader.
 */
export class Skipped {
  private all: (SkippedIds & { had: Set<string> })[] = [];

  /** What is still to be asked for when the newest trade is of `time`. */
  at(time: number): readonly SkippedIds[] {
    // Which of them were had is kept for longer: that a joined trade is late does not make it whole.
    this.all = this.all.filter(({ to }) => to >= time - 2 * REVISABLE);
    return this.all.filter(({ to }) => to >= time - REVISABLE).slice(-MOST);
  }

  add(skipped: SkippedIds): void {
    if (skipped.first > skipped.last) return;
    this.at(skipped.from);
    this.all.push({ ...skipped, had: new Set() });
  }

  /** Whether a number was skipped, and was not had since; now it is. */
  take(number: IdNumber): boolean {
    const found = this.of(number), isNew = found !== undefined && !found.had.has(`${number}`);
    if (isNew) found.had.add(`${number}`);
    return isNew;
  }

  /**
   * Whether a trade that stands for several numbers may be had as one: not if some of them were had
   * singly. Now all are.
   */
  takeJoined(first: IdNumber, last: IdNumber): boolean {
    let isWhole = true;
    for (let number = first; number <= last; number = idPlus(number, 1)) {
      if (this.of(number)?.had.has(`${number}`)) isWhole = false;
    }
    for (let number = first; isWhole && number <= last; number = idPlus(number, 1)) {
      this.take(number);
    }
    return isWhole;
  }

  private of(number: IdNumber) {
    return this.all.find(({ first, last }) => number >= first && number <= last);
  }
}
