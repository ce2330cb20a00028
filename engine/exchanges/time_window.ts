import type { Arrival } from "./read_trade.ts";
import type { TradePages } from "./trade_pages.ts";

/** Between which times a lane is missing trades. */
export interface Missing {
  from: number;
  /** `undefined` while nothing newer has come. */
  to: number | undefined;
}

/**
 * The times between which trades are asked for. Where more of them share a moment than a page holds,
 * pages that are cut there tell nothing new however often they are asked for: then the window passes
 * over that moment, so that no more than it is lost.
 */
export class TimeWindow {
  private since: number | undefined;
  private until: number | undefined;

  constructor(private readonly pages: Pick<TradePages, "size" | "oldestFirst" | "step">) {}

  /** The window in which to ask for what is missing. */
  of({ from, to }: Missing): Missing {
    return { from: this.since ?? from, to: this.until ?? to };
  }

  /** Whether a moment was passed over. */
  get hasPassed(): boolean {
    return this.since !== undefined || this.until !== undefined;
  }

  /** Something new came: what is missing says where to go on. */
  reset(): void {
    this.since = this.until = undefined;
  }

  /** Passes over the moment at which a page without anything new was cut. Returns whether it could. */
  pass(page: readonly Arrival[], missing: Missing): boolean {
    const { size, oldestFirst, step } = this.pages, { from, to } = this.of(missing);
    if (page.length < size) return false;
    if (oldestFirst) {
      const next = Math.floor(from / step) * step + step;
      if (to !== undefined && next > to) return false;
      this.since = next;
      return true;
    }
    const last = to ?? page[page.length - 1].trade.timestamp;
    const before = Math.floor(last / step) * step - 1;
    if (before < from) return false;
    this.until = before;
    return true;
  }
}
