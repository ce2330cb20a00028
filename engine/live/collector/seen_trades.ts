import type { TradeMoment } from "../../market/trade_order.ts";
import { REVISABLE } from "../../ports/feed.ts";

/** With so many trades in that time they are remembered for less: twice as many ids are kept at most. */
const MOST = 200_000;

/** What is known of a trade that comes. */
export type Seen = "new" | "duplicate" | "too old to tell";

/**
 * Remembers the ids of one instrument's trades, for `REVISABLE` milliseconds of the exchange's time at
 * least, in two generations, of which the older is forgotten as a whole.
 */
export class SeenTrades {
  private recent = new Set<string>();
  private before = new Set<string>();
  private latest = -Infinity;
  /** No trade that is older than the recent generation is later than this. */
  private edge = NaN;
  /** No trade that is forgotten is later than this. */
  private floor = -Infinity;

  /** Takes note of a trade; says whether it was seen already. */
  note({ id, timestamp }: TradeMoment): Seen {
    if (timestamp <= this.floor) return "too old to tell";
    if (this.recent.has(id) || this.before.has(id)) return "duplicate";
    if (Number.isNaN(this.edge)) this.edge = timestamp;
    if (this.recent.size >= MOST || timestamp > this.edge + REVISABLE) this.forget();
    this.recent.add(id);
    this.latest = Math.max(this.latest, timestamp);
    return "new";
  }

  private forget(): void {
    this.before = this.recent;
    this.recent = new Set();
    this.floor = this.edge;
    this.edge = this.latest;
  }
}
