import { CandleBuilder, type Unseen } from "../market/candle_builder.ts";
import type { Candle } from "../market/candles.ts";
import type { Timeframe } from "../market/timeframe.ts";
import type { Trade } from "../market/trade.ts";
import type { MarketKey } from "../ports/store.ts";
import { REMEMBERED } from "./seen_trades.ts";

/** What came of a market's trades, in this order. */
export type Made =
  | { as: "candle"; candle: Candle }
  /** A candle that was given already, as it is with a late trade in it. */
  | { as: "revision"; candle: Candle }
  /** Time of which there are no candles. */
  | { as: "hole"; hole: Unseen };

/** Where a trade went. */
export type Taken = "in time" | "late" | "too late" | "stored before";

/** How a market begins. */
export interface Beginning {
  /** Candles up to this time (UTC milliseconds) are stored already. */
  observedFrom?: number;
  /** The price then. */
  previousClose?: number;
}

/** Makes one instrument's candles of its shortest timeframe. */
export class MarketCandles {
  private readonly builder: CandleBuilder;
  private readonly storedTo: number;
  private latest: number | undefined;
  private made: Made[] = [];

  constructor(readonly key: MarketKey, { observedFrom, previousClose }: Beginning) {
    const { timeframe } = key;
    const options = { timeframe, observedFrom, previousClose, revisable: REMEMBERED };
    this.builder = new CandleBuilder(options);
    this.storedTo = observedFrom ?? -Infinity;
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
    if (trade.timestamp < this.storedTo) return "stored before";
    this.latest = Math.max(this.latest ?? -Infinity, trade.timestamp);
    if (!this.builder.isLate(trade.timestamp)) {
      this.give(this.builder.add(trade));
      return "in time";
    }
    const revised = this.builder.revise(trade);
    for (const candle of revised ?? []) this.made.push({ as: "revision", candle });
    return revised ? "late" : "too late";
  }

  /** Takes note that it is `time` on the exchange. */
  advance(time: number): void {
    this.give(this.builder.advance(time));
  }

  /** Takes note that trades of [from, to) may be missing. */
  lose(from: number, to: number): void {
    this.give(this.builder.lose(from, to));
    this.latest = Math.max(this.latest ?? -Infinity, to);
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
      while (holes.length > 0 && holes[0].to < candle.time) {
        this.made.push({ as: "hole", hole: holes.shift()! });
      }
      this.made.push({ as: "candle", candle });
    }
    for (const hole of holes) this.made.push({ as: "hole", hole });
  }
}
