import type { Candle } from "./candles.ts";
import { CandleFold } from "./candle_fold.ts";
import type { Trade } from "./trade.ts";
import { tradedBefore, type TradeMoment } from "./trade_order.ts";

/**
 * One candle in the making from trades, in whatever order they arrive: the open is the price of the
 * trade that the exchange had first, the close of the one that it had last.
 */
export class TradeFold {
  private readonly fold = new CandleFold();
  private first: TradeMoment | undefined;
  private last: TradeMoment | undefined;

  /** `label` is the close time. `partial` if the beginning of the interval was not seen. */
  constructor(readonly label: number, readonly partial: boolean) {
    this.fold.begin(label, partial);
  }

  add(trade: Trade): void {
    const { price, amount, timestamp, id } = trade, { fold } = this, { close } = fold;
    fold.add(price, price, price, price, amount, trade.fills ?? 1);
    if (this.last && tradedBefore(trade, this.last)) fold.close = close;
    else this.last = { timestamp, id };
    if (!this.first || tradedBefore(trade, this.first)) {
      fold.open = price;
      this.first = { timestamp, id };
    }
  }

  get traded(): boolean {
    return this.fold.traded;
  }

  /** The last price; NaN before the first trade. */
  get close(): number {
    return this.fold.close;
  }

  /** The time of the trade that made the last price; -Infinity before the first. */
  get closedAt(): number {
    return this.last?.timestamp ?? -Infinity;
  }

  /** The candle as it stands; flat at `previousClose` without a trade; none while no price is known. */
  candle(previousClose: number): Candle | undefined {
    return this.fold.traded ? this.fold.candle() : emptyCandle(this.label, previousClose);
  }
}

/** The candle of a silent interval; none while no price is known. */
function emptyCandle(time: number, price: number): Candle | undefined {
  if (Number.isNaN(price)) return undefined;
  const [open, high, low, close] = [price, price, price, price];
  return { time, open, high, low, close, volume: 0, trades: 0, kind: "empty" };
}
