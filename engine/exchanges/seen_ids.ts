import type { Trade } from "../market/trade.ts";

/** So many ids are remembered at least, and twice as many at most. */
const REMEMBERED = 8_192;

/** The ids of trades that came lately, with their amounts, in two generations. */
export class SeenIds {
  private recent = new Map<string, number>();
  private older = new Map<string, number>();
  /** The latest time of the recent ones, and of the older ones. */
  private latest = { recent: -Infinity, older: -Infinity };
  /** Of trades up to this time (UTC milliseconds) nobody knows any more whether they came. */
  floor = -Infinity;

  add({ id, amount, timestamp }: Trade): void {
    if (this.recent.size >= REMEMBERED) {
      this.floor = Math.max(this.floor, this.latest.older);
      this.older = this.recent;
      this.latest = { recent: -Infinity, older: this.latest.recent };
      this.recent = new Map();
    }
    this.recent.set(id, amount);
    this.latest.recent = Math.max(this.latest.recent, timestamp);
  }

  has(id: string): boolean {
    return this.recent.has(id) || this.older.has(id);
  }

  amountOf(id: string): number | undefined {
    return this.recent.get(id) ?? this.older.get(id);
  }
}
