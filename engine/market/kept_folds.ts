import type { Candle } from "./candles.ts";
import { openTime, type Timeframe } from "./timeframe.ts";
import type { Trade } from "./trade.ts";
import type { TradeFold } from "./trade_fold.ts";

/** An interval that is over. */
interface Kept {
  fold: TradeFold;
  /** The price when it began, as it was known when it was over; NaN if it was not. */
  before: number;
  /** Whether it has given a candle. */
  given: boolean;
}

/** Time of which trades may be missing. */
interface Lost {
  from: number;
  to: number;
  /** What lies before was given already. */
  start: number;
}

/** What a change of kept intervals comes to. */
export interface Revised {
  /** Candles as they are now, oldest first; some were given before. */
  candles: Candle[];
  /** The last price before the interval in the making, if that has changed. */
  close?: number;
}

/** The intervals of one instrument that are over and may change yet, oldest first. */
export class KeptFolds {
  private all: Kept[] = [];
  private lost: Lost[] = [];

  /** They are kept for `revisable` milliseconds; silent ones give candles if `empty`. */
  constructor(
    private readonly timeframe: Timeframe,
    private readonly revisable: number,
    private readonly empty: boolean,
  ) {}

  /** Takes an interval that is over. */
  keep(fold: TradeFold, before: number, given: boolean): void {
    this.all.push({ fold, before, given });
    let first = 0;
    while (this.revisable === 0 || this.all[first].fold.label + this.revisable < fold.label) {
      if (++first === this.all.length) break;
    }
    if (first === 0) return;
    this.all.splice(0, first);
    const oldest = this.all.length > 0 ? this.openOf(this.all[0].fold) : fold.label;
    this.lost = this.lost.filter(({ to }) => to > oldest);
  }

  /** Takes note that trades of [from, to) may be missing; what lies before `start` is given. */
  lose(from: number, to: number, start: number): void {
    this.lost.push({ from, to, start });
  }

  /** Whether trades of an interval may be missing. */
  isLost(fold: TradeFold): boolean {
    return this.lost.length > 0 && this.lost.some((span) => this.overlaps(span, fold));
  }

  /** The price when an interval was over; NaN if it is not known. `before` is the one when it began. */
  closeOf(fold: TradeFold, before: number): number {
    const lost = this.lost.filter((span) => this.overlaps(span, fold));
    if (lost.some(({ to }) => fold.closedAt < to - 1)) return NaN;
    if (fold.traded) return fold.close;
    return fold.partial ? NaN : before;
  }

  /** See `CandleBuilder.revise`. */
  revise(trade: Trade, label: number): Revised | undefined {
    const at = this.all.findIndex(({ fold }) => fold.label === label), kept = this.all[at];
    if (!kept || kept.fold.partial) return undefined;
    const { fold } = kept, before = fold.close;
    fold.add(trade);
    const candles: Candle[] = [], close = this.closeOf(fold, NaN);
    if (!this.isLost(fold)) {
      kept.given = true;
      candles.push(fold.candle(NaN)!);
    }
    if (close === before || Number.isNaN(close)) return { candles };
    for (let i = at + 1;; i++) {
      const next = this.all[i];
      if (!next) return { candles, close };
      if (next.fold.traded || next.fold.partial || this.isLost(next.fold)) return { candles };
      if (this.empty) candles.push(next.fold.candle(close)!);
      next.given ||= this.empty;
    }
  }

  /** See `CandleBuilder.find`. */
  find(from: number, to: number): Revised {
    const at = this.lost.findIndex((span) => span.from === from && span.to === to);
    if (at < 0) return { candles: [] };
    this.lost.splice(at, 1);
    const candles: Candle[] = [];
    let close = NaN;
    for (const kept of this.all) {
      const { fold, given } = kept, before = Number.isNaN(close) ? kept.before : close;
      close = this.closeOf(fold, before);
      if (given || fold.partial || this.isLost(fold)) continue;
      const candle = fold.candle(before);
      if (!candle) continue;
      kept.given = true;
      if (this.empty || candle.kind !== "empty") candles.push(candle);
    }
    return Number.isNaN(close) ? { candles } : { candles, close };
  }

  private overlaps({ start, to }: Lost, fold: TradeFold): boolean {
    return start < fold.label && to > this.openOf(fold);
  }

  private openOf(fold: TradeFold): number {
    return openTime(fold.label, this.timeframe);
  }
}
