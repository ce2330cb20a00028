import type { Arrival } from "./read_trade.ts";
import { type IdNumber, idNumber, idPlus } from "./trade_ids.ts";

/** A trade that waits for those before it, and the ids for which it stands. */
export interface HeldTrade {
  arrival: Arrival;
  first: IdNumber;
  number: IdNumber;
}

/** The ids for which a trade stands; `undefined` if its id is no number. */
export function numbered(arrival: Arrival): HeldTrade | undefined {
  const { trade: { id }, fills } = arrival, number = idNumber(id);
  if (number === undefined) return undefined;
  return { arrival, first: fills === 1 ? number : idPlus(number, 1 - fills), number };
}

/** Trades in the order of their ids, each once. */
export class HeldTrades {
  private all: HeldTrade[] = [];
  /** Those before it were taken out: one by one, an array gives up its first very slowly. */
  private head = 0;

  get size(): number {
    return this.all.length - this.head;
  }

  get first(): HeldTrade | undefined {
    return this.all[this.head];
  }

  clear(): void {
    this.all = [];
    this.head = 0;
  }

  add(held: HeldTrade): void {
    const { all } = this;
    let at = all.length;
    while (at > this.head && all[at - 1].first > held.first) at--;
    if (at === this.head || all[at - 1].number !== held.number) all.splice(at, 0, held);
  }

  /** Puts what was fetched in the place of what the stream had under the same id. */
  replace({ arrival, number }: HeldTrade): void {
    const at = this.all.findIndex((held, i) => i >= this.head && held.number >= number);
    const same = this.all[at];
    if (same?.number === number && same.arrival.fills === arrival.fills) same.arrival = arrival;
  }

  shift(): HeldTrade | undefined {
    const { first } = this;
    if (first) this.head++;
    if (this.head === this.all.length) this.clear();
    return first;
  }
}
