import type { Trade } from "../../../engine/market/trade.ts";
import { type BuiltCandle, builtCandles } from "./built_candles.ts";
import type { Print } from "./prints.ts";

/** How much of what is public the exchange still tells over REST. */
export interface Memory {
  /** So many trades of each market, the newest; all by default. */
  trades?: number;
  /** Trades that are not older than this by the exchange's clock, in milliseconds; all by default. */
  age?: number;
}

/** Whether `a` was numbered before `b`: ids are whole numbers of any length. */
export function isBefore(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}

/** What is public of one market, in the order of ids. */
export class PublicRecord {
  private readonly everything: Trade[] = [];
  private readonly everyPrint: Print[] = [];
  private readonly built = new Map<string, readonly BuiltCandle[]>();
  private isHushed = () => false;
  private readonly forgotten: { from: number; to: number }[] = [];

  constructor(private readonly memory: Memory) {}

  /** Makes a print public; a late one goes to its place. */
  add(print: Print): void {
    const prints = this.everyPrint, trades = this.everything;
    let at = prints.length, first = trades.length;
    while (at > 0 && prints[at - 1].number > print.number) at--;
    while (first > 0 && isBefore(print.trades[0].id, trades[first - 1].id)) first--;
    this.built.clear();
    prints.splice(at, 0, print);
    trades.splice(first, 0, ...print.trades);
  }

  /** Takes trades with from ≤ timestamp < to out of what REST tells, for good. */
  forget(from: number, to: number): void {
    this.forgotten.push({ from, to });
  }

  /** Tells no candles whenever `isHushed` says so. */
  hush(isHushed: () => boolean): void {
    this.isHushed = isHushed;
  }

  /** The candles of every trade that was made public, whatever REST has forgotten of those. */
  candles(timeframe: string): readonly BuiltCandle[] {
    if (this.isHushed()) return [];
    return this.built.getOrInsertComputed(timeframe, () => {
      return builtCandles(this.everything, timeframe);
    });
  }

  /** The trades that REST tells, oldest first. */
  trades(now: number): readonly Trade[] {
    const { trades = Infinity, age = Infinity } = this.memory;
    const newest = trades < this.everything.length
      ? this.everything.slice(-trades)
      : this.everything;
    if (age === Infinity && this.forgotten.length === 0) return newest;
    return newest.filter((trade) => this.isKept(trade, now - age));
  }

  /** The prints of which REST tells every trade, oldest first. */
  prints(now: number): readonly Print[] {
    const kept = new Set(this.trades(now).map(({ id }) => id));
    return this.everyPrint.filter(({ trades }) => trades.every(({ id }) => kept.has(id)));
  }

  private isKept({ timestamp }: Trade, oldest: number): boolean {
    return timestamp >= oldest &&
      !this.forgotten.some(({ from, to }) => timestamp >= from && timestamp < to);
  }
}
