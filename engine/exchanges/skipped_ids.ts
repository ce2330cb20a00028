import { REVISABLE } from "../ports/feed.ts";
import { type IdNumber, idPlus, idsBetween } from "./trade_ids.ts";

/** Numbers that were gone over because the exchange did not give their trades. */
export interface SkippedIds {
  first: IdNumber;
  last: IdNumber;
  /** The time of the trades on either side, UTC milliseconds. */
  from: number;
  to: number;
}

/** What was skipped, and which of it was had since. */
interface Remembered extends SkippedIds {
  had: Set<string>;
}

/** So many of them are asked for at most, the newest. */
const MOST = 100;

/**
 * What was skipped lately: an exchange that keeps a trade back shows it later, and then perhaps while
 * nobody listens. It is asked for while it can still be of use to the reader.
 */
export class Skipped {
  private all: Remembered[] = [];

  /** `found` is told of what was had as a whole. */
  constructor(private readonly found: (skipped: SkippedIds) => void = () => {}) {}

  /** What is still to be asked for when the newest trade is of `time`. */
  at(time: number): readonly SkippedIds[] {
    // Which of them were had is kept for longer: that a joined trade is late does not make it whole.
    this.all = this.all.filter(({ to }) => to >= time - 2 * REVISABLE);
    return this.all.filter((one) => one.to >= time - REVISABLE && !isHad(one)).slice(-MOST);
  }

  add(skipped: SkippedIds): void {
    if (skipped.first > skipped.last) return;
    this.at(skipped.from);
    this.all.push({ ...skipped, had: new Set() });
  }

  /** Whether a number was skipped, and was not had since. */
  isWanted(number: IdNumber): boolean {
    const skipped = this.of(number);
    return skipped !== undefined && !skipped.had.has(`${number}`);
  }

  /** Whether a trade that stands for several numbers may be had as one: not if some were had singly. */
  isWhole(first: IdNumber, last: IdNumber): boolean {
    for (let number = first; number <= last; number = idPlus(number, 1)) {
      if (this.of(number)?.had.has(`${number}`)) return false;
    }
    return true;
  }

  /** Takes note that the trades of these numbers were had. */
  take(first: IdNumber, last: IdNumber): void {
    for (let number = first; number <= last; number = idPlus(number, 1)) {
      const skipped = this.of(number), text = `${number}`;
      if (!skipped || skipped.had.has(text)) continue;
      skipped.had.add(text);
      if (isHad(skipped)) this.found(skipped);
    }
  }

  private of(number: IdNumber): Remembered | undefined {
    return this.all.find(({ first, last }) => number >= first && number <= last);
  }
}

function isHad({ first, last, had }: Remembered): boolean {
  return had.size > idsBetween(first, last);
}
