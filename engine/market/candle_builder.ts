import type { Candle } from "./candles.ts";
import { CandleFold } from "./candle_fold.ts";
import { type Closed, closeTime, intervalEnd, openTime, type Timeframe } from "./timeframe.ts";
import type { Trade } from "./trade.ts";

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
}

/**
 * Builds candles from one instrument's trades, in the order in which they arrive. Time moves by the
 * trades themselves and by `advance`, which closes intervals when nothing trades.
 */
export class CandleBuilder {
  readonly timeframe: Timeframe;
  readonly closed: Closed;
  /** Trades that came after their candle was closed. They are counted and left out. */
  late = 0;
  private readonly empty: boolean;
  private readonly fold = new CandleFold();
  private observedFrom: number | undefined;
  private previousClose: number;

  constructor(options: CandleBuilderOptions) {
    this.timeframe = options.timeframe;
    this.closed = options.closed ?? "left";
    this.empty = options.empty ?? true;
    this.observedFrom = options.observedFrom;
    this.previousClose = options.previousClose ?? NaN;
    if (options.observedFrom !== undefined) this.begin(this.labelOf(options.observedFrom));
  }

  /** Takes one trade; returns the candles that it closes, oldest first. */
  add(trade: Trade): Candle[] {
    const closed = this.advance(trade.timestamp);
    if (this.labelOf(trade.timestamp) < this.fold.label) {
      this.late++;
      return closed;
    }
    const { price, amount } = trade;
    this.fold.add(price, price, price, price, amount, 1);
    return closed;
  }

  /** Takes note that it is `time` on the exchange; returns the candles that this closes. */
  advance(time: number): Candle[] {
    const label = this.labelOf(time), closed: Candle[] = [];
    if (this.fold.label === 0) {
      this.observedFrom ??= time;
      this.begin(label);
    }
    while (this.fold.label < label) {
      const candle = this.finish();
      if (candle) closed.push(candle);
      this.begin(intervalEnd(this.fold.label, this.timeframe));
    }
    return closed;
  }

  /** Close time of the candle in the making; 0 before there is one. */
  get label(): number {
    return this.fold.label;
  }

  private labelOf(time: number): number {
    return closeTime(time, this.timeframe, this.closed);
  }

  private begin(label: number): void {
    const start = openTime(label, this.timeframe);
    this.fold.begin(label, start < this.observedFrom!);
  }

  private finish(): Candle | undefined {
    const { fold, previousClose } = this;
    if (!fold.traded) return this.empty ? emptyCandle(fold.label, previousClose) : undefined;
    const candle = fold.candle();
    this.previousClose = candle.close;
    return fold.partial ? undefined : candle;
  }
}

/** The candle of a silent interval; none while no price is known. */
function emptyCandle(time: number, price: number): Candle | undefined {
  if (Number.isNaN(price)) return undefined;
  const [open, high, low, close] = [price, price, price, price];
  return { time, open, high, low, close, volume: 0, trades: 0, kind: "empty" };
}
