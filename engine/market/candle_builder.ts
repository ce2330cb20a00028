import type { Candle } from "./candles.ts";
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
  /** Closed intervals that can be revised, oldest first, without a hole between them. */
  private kept: TradeFold[] = [];
  private unseen: Unseen[] = [];

  constructor(options: CandleBuilderOptions) {
    this.timeframe = options.timeframe;
    this.closed = options.closed ?? "left";
    this.empty = options.empty ?? true;
    this.revisable = options.revisable ?? 0;
    this.observedFrom = options.observedFrom;
    this.previousClose = options.previousClose ?? NaN;
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
   * and silent ones behind it, which are flat at its close. `undefined` if it came too late for that,
   * or its interval was not observed as a whole.
   */
  revise(trade: Trade): Candle[] | undefined {
    const label = this.labelOf(trade.timestamp);
    const at = this.kept.findIndex((fold) => fold.label === label), fold = this.kept[at];
    if (!fold || fold.partial) return undefined;
    const before = fold.close;
    fold.add(trade);
    const revised = [fold.candle(NaN)!], { close } = fold;
    if (close === before) return revised;
    for (let i = at + 1; !this.kept[i]?.traded; i++) {
      if (i === this.kept.length) {
        this.previousClose = close;
        break;
      }
      if (this.empty) revised.push(this.kept[i].candle(close)!);
    }
    return revised;
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
    const closed = this.advance(from);
    if (to <= openTime(this.label, this.timeframe)) return closed;
    this.making!.partial = true;
    this.observedFrom = to;
    const label = this.labelOf(to);
    if (this.label < label) {
      this.note(openTime(this.label, this.timeframe), openTime(label, this.timeframe));
      this.begin(label);
    }
    this.previousClose = NaN;
    this.kept = [];
    return closed;
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
    const candle = fold.partial ? undefined : fold.candle(this.previousClose);
    if (!candle) this.note(openTime(fold.label, this.timeframe), fold.label);
    if (fold.traded) this.previousClose = fold.close;
    if (candle) this.keep(fold);
    else this.kept = [];
    return candle;
  }

  private keep(fold: TradeFold): void {
    if (this.revisable === 0) return;
    this.kept.push(fold);
    while (this.kept[0].label + this.revisable < fold.label) this.kept.shift();
  }

  private note(from: number, to: number): void {
    const last = this.unseen.at(-1);
    if (last?.to === from) last.to = to;
    else this.unseen.push({ from, to });
  }
}
