import { CandleBuilder, type Unseen } from "../../market/candle_builder.ts";
import type { Candle } from "../../market/candles.ts";
import type { Timeframe } from "../../market/timeframe.ts";
import type { Trade } from "../../market/trade.ts";
import { REVISABLE } from "../../ports/feed.ts";
import type { MarketKey } from "../../ports/store.ts";
import type { LookBack } from "./look_back.ts";

/** What came of a market's trades, in this order. */
export type Made =
  | { as: "candle"; candle: Candle }
  /** A candle as it is with late trades in it: it was given already, or was a hole without them. */
  | { as: "revision"; candle: Candle }
  /** Time of which there are no candles. */
  | { as: "hole"; hole: Unseen };

/** Where a trade went. */
export type Taken = "in time" | "late" | "too late" | "stored before";

/** Makes one instrument's candles of its shortest timeframe. */
export class MarketCandles {
  private readonly builder: CandleBuilder;
  private readonly stored: Map<number, Candle>;
  private readonly storedTo: number;
  /** Trades from before this time are in stored candles that are not made once more. */
  private readonly begun: number;
  private latest: number | undefined;
  private made: Made[] = [];
  /** The stored candle before was revised just now. */
  private revising = false;

  /** `known` is what is stored, if something is, the newest candle of which closes at `storedTo`. */
  constructor(readonly key: MarketKey, known?: LookBack, storedTo = -Infinity) {
    const { timeframe } = key, { from: observedFrom, previousClose } = known ?? {};
    const options = { timeframe, observedFrom, previousClose, revisable: REVISABLE };
    this.builder = new CandleBuilder(options);
    this.stored = new Map(known?.stored.map((candle) => [candle.time, candle]));
    this.storedTo = storedTo;
    this.begun = observedFrom ?? -Infinity;
    this.latest = observedFrom;
  }

  get timeframe(): Timeframe {
    return this.key.timeframe;
  }

  /** The exchange's time up to which trades were taken; `undefined` before the first. */
  get seenTo(): number | undefined {
    return this.latest;
  }

  /** When the candle in the making is over; `Infinity` before there is one. */
  get due(): number {
    return this.builder.label === 0 ? Infinity : this.builder.label;
  }

  take(trade: Trade): Taken {
    const { timestamp } = trade, wasStored = timestamp < this.storedTo;
    if (timestamp < this.begun) return "stored before";
    this.passStored(timestamp);
    this.latest = Math.max(this.latest ?? -Infinity, timestamp);
    if (!this.builder.isLate(timestamp)) {
      this.give(this.builder.add(trade));
      return wasStored ? "stored before" : "in time";
    }
    const revised = this.builder.revise(trade);
    this.change(revised ?? []);
    return revised ? "late" : wasStored ? "stored before" : "too late";
  }

  /** Takes note that it is `time` on the exchange. */
  advance(time: number): void {
    this.passStored(time);
    this.give(this.builder.advance(time));
  }

  /** Takes note that trades of [from, to) may be missing. */
  lose(from: number, to: number): void {
    this.give(this.builder.lose(from, to));
    this.latest = Math.max(this.latest ?? -Infinity, to);
  }

  /** Takes note that all has come of what `lose` was told of these very times. */
  find(from: number, to: number): void {
    this.change(this.builder.find(from, to));
  }

  private change(candles: readonly Candle[]): void {
    for (const candle of candles) {
      if (candle.time > this.storedTo) this.made.push({ as: "revision", candle });
      else this.compare(candle);
    }
  }

  /** Tells the price behind a hole, if it is known from elsewhere. */
  learnClose(price: number): void {
    this.builder.learnClose(price);
  }

  /** What came since the last call. */
  takeMade(): Made[] {
    return this.made.splice(0);
  }

  private give(closed: readonly Candle[]): void {
    const holes = this.builder.takeUnseen();
    for (const candle of closed) {
      while (holes.length > 0 && holes[0].to < candle.time) this.giveHole(holes.shift()!);
      if (candle.time > this.storedTo) this.made.push({ as: "candle", candle });
      else this.compare(candle);
    }
    for (const hole of holes) this.giveHole(hole);
  }

  private giveHole({ from, to }: Unseen): void {
    if (to <= this.storedTo) return;
    this.made.push({ as: "hole", hole: { from: Math.max(from, this.storedTo), to } });
  }

  /**
   * A stored candle that was made once more is a revision if it holds more than before: late trades only
   * add. Silent ones behind it are flat at its close.
   */
  private compare(candle: Candle): void {
    const before = this.stored.get(candle.time);
    if (!before) return;
    const isFlat = candle.volume === 0 && before.volume === 0;
    this.revising = candle.volume > before.volume || (isFlat && this.revising);
    if (!this.revising) return;
    this.stored.set(candle.time, candle);
    this.made.push({ as: "revision", candle });
  }

  /** Behind the stored candles the market goes on at their close, whatever was seen of them again. */
  private passStored(time: number): void {
    if (time < this.storedTo || this.stored.size === 0 || this.builder.label > this.storedTo) {
      return;
    }
    this.give(this.builder.advance(this.storedTo));
    this.builder.setPreviousClose(this.stored.get(this.storedTo)!.close);
  }
}
