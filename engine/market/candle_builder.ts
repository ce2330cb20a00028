import type { Candle } from "./candles.ts";
import { KeptFolds } from "./kept_folds.ts";
import { type Closed, closeTime, intervalEnd, openTime, type Timeframe } from "./timeframe.ts";
import type { Trade } from "./trade.ts";
import { TradeFold } from "./trade_fold.ts";

/** How candles are built from trades. */
export interface CandleBuilderOptions {
  timeframe: Timeframe;
  /** Whether candles cover [start, end), as exchanges build them, or (start, end]. */
  closed?: Closed;
  /** Whether a silent interval gives a candle (flat at the previous close, volume 0). */
  empty?: boolean;
  /**
   * Since when every trade is seen; by default since the first one. An interval that began earlier
   * gives no candle.
   */
  observedFrom?: number;
  /** The price before the first trade, for silent intervals right at the start. */
  previousClose?: number;
  /** For so long after its end an interval can be revised, in milliseconds; 0 unless given. */
  revisable?: number;
}

/** Time that was not observed as a whole, so that it gives no candle. Whole intervals. */
export interface Unseen {
  /** Open time of the first interval. */
  from: number;
  /** Close time of the last. */
  to: number;
}

/**
 * Builds candles from one instrument's trades as they arrive. Time moves by the trades themselves and
 * by `advance`, which closes intervals when nothing trades.
 */
export class CandleBuilder {
  readonly timeframe: Timeframe;
  readonly closed: Closed;
  /** Trades that came after their candle was closed, by `add`. They are counted and left out. */
  late = 0;
  private readonly empty: boolean;
  private readonly revisable: number;
  private observedFrom: number | undefined;
  private making: TradeFold | undefined;
  /** The last price before the interval in the making. */
  private previousClose: number;
  private readonly kept: KeptFolds;
  private unseen: Unseen[] = [];

  constructor(options: CandleBuilderOptions) {
    this.timeframe = options.timeframe;
    this.closed = options.closed ?? "left";
    this.empty = options.empty ?? true;
    this.revisable = options.revisable ?? 0;
    this.observedFrom = options.observedFrom;
    this.previousClose = options.previousClose ?? NaN;
    this.kept = new KeptFolds(this.timeframe, this.revisable, this.empty);
    if (options.observedFrom !== undefined) this.begin(this.labelOf(options.observedFrom));
  }

  /** Takes one trade; returns the candles that it closes, oldest first. */
  add(trade: Trade): Candle[] {
    const closed = this.advance(trade.timestamp);
    if (this.isLate(trade.timestamp)) this.late++;
    else this.making!.add(trade);
    return closed;
  }

  /** Whether the candle to which `time` belongs is closed already. */
  isLate(time: number): boolean {
    return this.labelOf(time) < this.label;
  }

  /**
   * Takes a trade that is late; returns the closed candles that it changes, as they are now: its own
   * and silent ones behind it, which are flat at its close. None while other trades of its interval may
   * be missing; `undefined` if it came too late, or the beginning of its interval was not seen.
   */
  revise(trade: Trade): Candle[] | undefined {
    const revised = this.kept.revise(trade, this.labelOf(trade.timestamp));
    if (revised?.close !== undefined) this.previousClose = revised.close;
    return revised?.candles;
  }

  /** Takes note that it is `time` on the exchange; returns the candles that this closes. */
  advance(time: number): Candle[] {
    const label = this.labelOf(time), closed: Candle[] = [];
    if (!this.making) {
      this.observedFrom ??= time;
      this.begin(label);
    }
    while (this.label < label) {
      const candle = this.finish(this.making!);
      if (candle && (this.empty || candle.kind !== "empty")) closed.push(candle);
      this.begin(intervalEnd(this.label, this.timeframe));
    }
    return closed;
  }

  /**
   * Takes note that trades of [from, to) may be missing; returns the candles that end before. What
   * lies in between gives none, and the price from before is not taken to hold behind it.
   */
  lose(from: number, to: number): Candle[] {
    const closed = this.advance(from), open = openTime(this.label, this.timeframe);
    if (to <= open) return closed;
    this.kept.lose(from, to, Math.max(from, open));
    // What is too old to be revised when the time has come so far is passed over in one step.
    const near = this.labelOf(Math.max(from, to - this.revisable));
    if (this.label < near) {
      this.finish(this.making!);
      this.note(this.label, openTime(near, this.timeframe));
      this.begin(near);
    }
    this.advance(to);
    return closed;
  }

  /**
   * Takes note that what `lose` was told of these very times has all come after all; returns the closed
   * candles that can be made now, and were not before.
   */
  find(from: number, to: number): Candle[] {
    const { candles, close } = this.kept.find(from, to);
    if (close !== undefined) this.learnClose(close);
    return candles;
  }

  /**
   * The intervals since the last call that gave no candle because they were not seen as a whole, or
   * were silent while no price was known.
   */
  takeUnseen(): Unseen[] {
    return this.unseen.splice(0);
  }

  /** Tells the price at the end of intervals that were not seen, if it is known from elsewhere. */
  learnClose(price: number): void {
    if (Number.isNaN(this.previousClose)) this.previousClose = price;
  }

  /** Tells the price before the candle in the making, which is known better from elsewhere. */
  setPreviousClose(price: number): void {
    this.previousClose = price;
  }

  /** Close time of the candle in the making; 0 before there is one. */
  get label(): number {
    return this.making?.label ?? 0;
  }

  private labelOf(time: number): number {
    return closeTime(time, this.timeframe, this.closed);
  }

  private begin(label: number): void {
    this.making = new TradeFold(label, openTime(label, this.timeframe) < this.observedFrom!);
  }

  private finish(fold: TradeFold): Candle | undefined {
    const before = this.previousClose, isUnseen = fold.partial || this.kept.isLost(fold);
    const candle = isUnseen ? undefined : fold.candle(before);
    if (!candle) this.note(openTime(fold.label, this.timeframe), fold.label);
    this.previousClose = this.kept.closeOf(fold, before);
    this.kept.keep(fold, before, candle !== undefined);
    return candle;
  }

  private note(from: number, to: number): void {
    const last = this.unseen.at(-1);
    if (last?.to === from) last.to = to;
    else this.unseen.push({ from, to });
  }
}
