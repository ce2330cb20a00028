import type { CountedLane } from "./counted_lane.ts";
import { type FillTools, pause } from "./fill_tools.ts";
import type { Arrival } from "./read_trade.ts";
import { TimeWindow } from "./time_window.ts";
import { type IdNumber, idNumber, idPlus, type Reached } from "./trade_ids.ts";

/** A stretch of time that is not divided any more, in milliseconds: some exchanges take seconds only. */
const LEAST = 1_000;

/** Pages that are held at most before they reach back to what is known. */
const MOST_PAGES = 8;

/** So often is asked for what should be there: pages are empty, or cut, by mistake, too. */
const TRIES = 3;

/** A window longer than this, in milliseconds, is none. */
const LONGEST = 86_400_000;

/** Trades behind the last known one, or too many of them. */
interface Found {
  trades: Arrival[];
  pages: number;
  isTooMuch: boolean;
}

/**
 * Reads, oldest first, what a lane is missing from a venue that cuts its pages at their old end. The way
 * to a long hole's beginning leads through all of it, and would have to be kept: so windows of time are
 * read, of which each has no more than a few pages.
 */
export class NewestFirst {
  private window = Infinity;
  /** Nothing that is missing is from before this time, and too much is from before that one. */
  private quiet = -Infinity;
  private loud = Infinity;
  private reached: Reached | undefined;
  private passed = false;
  private readonly most: number;

  constructor(private readonly lane: CountedLane, private readonly tools: FillTools) {
    this.most = Math.max(1, Math.min(MOST_PAGES, Math.floor(tools.mostHeld / tools.pages.size)));
  }

  /** Some of the trades that are missing, the oldest as far as can be had; `undefined` after an abort. */
  async next(): Promise<Arrival[] | undefined> {
    for (;;) {
      const { firstHeld } = this.lane, reached = this.lane.newest!;
      if (reached !== this.reached) [this.quiet, this.loud] = [-Infinity, Infinity];
      this.reached = reached;
      const end = firstHeld?.trade.timestamp ?? Infinity, from = reached.timestamp;
      const until = Math.min(end, this.until(from)), found = await this.back(reached, until);
      if (!found) return undefined;
      const { trades, pages, isTooMuch } = found;
      if (isTooMuch) this.narrow(from, trades);
      else if (until < end && !trades.some(({ trade }) => idNumber(trade.id)! > reached.number)) {
        this.quiet = until;
        this.widen(4);
      } else {
        if (2 * pages <= this.most) this.widen(2);
        return trades;
      }
    }
  }

  /** Whether more trades share a moment than a page holds, so that some of them cannot be had. */
  get hasPassed(): boolean {
    return this.passed;
  }

  private until(from: number): number {
    const { quiet, loud, window } = this;
    if (quiet === -Infinity || loud === Infinity) return from + window;
    return quiet + Math.max(LEAST, (loud - quiet) / 2);
  }

  private widen(by: number): void {
    this.window = this.window * by > LONGEST ? Infinity : Math.max(LEAST, this.window * by);
  }

  /** As long as these trades lasted, or half of what is before them, whichever is shorter. */
  private narrow(from: number, trades: readonly Arrival[]): void {
    const first = trades[0].trade.timestamp, lasted = trades.at(-1)!.trade.timestamp - first;
    if (first <= this.quiet) this.quiet = -Infinity;
    this.loud = first;
    this.window = Math.min((first - from) / 2, Math.max(LEAST, lasted));
  }

  /** From a time back to what is known, page by page. */
  private async back(reached: Reached, until: number): Promise<Found | undefined> {
    const { pages, room, signal } = this.tools, next = idPlus(reached.number, 1);
    const start = Math.max(reached.timestamp, this.quiet);
    const window = new TimeWindow(pages);
    let trades: Arrival[] = [], lowest: IdNumber | undefined, end = until, futile = 0;
    this.passed = false;
    for (let count = 1;; count++) {
      if (futile > 0) await pause(this.tools, futile);
      await room();
      if (signal.aborted) return undefined;
      const page = await pages.byTime(reached.timestamp, finite(end));
      if (!page) return undefined;
      const older = page.filter(({ trade }) => isBefore(idNumber(trade.id), lowest));
      trades = [...older, ...trades];
      for (const { trade } of older) {
        const number = idNumber(trade.id);
        if (isBefore(number, lowest)) lowest = number;
      }
      const isWhole = lowest !== undefined && lowest <= next;
      if (older.length === 0 && page.length >= pages.size) {
        this.passed = true;
        // No page is cut further back: what is older than that moment can be had, and most of it cannot.
        if (window.pass(page, { from: reached.timestamp, to: finite(end) })) {
          end = window.of({ from: reached.timestamp, to: end }).to!;
          window.reset();
          continue;
        }
      }
      futile = older.length > 0 ? 0 : futile + 1;
      if (futile >= TRIES || isWhole) return { trades, pages: count, isTooMuch: false };
      end = older[0]?.trade.timestamp ?? end;
      if (trades.length > 0 && count >= this.most && end - start > LEAST) {
        return { trades, pages: count, isTooMuch: true };
      }
    }
  }
}

function finite(time: number): number | undefined {
  return time === Infinity ? undefined : time;
}

function isBefore(number: IdNumber | undefined, lowest: IdNumber | undefined): boolean {
  return number !== undefined && (lowest === undefined || number < lowest);
}
