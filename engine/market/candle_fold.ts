import type { Candle } from "./candles.ts";
import { additionError, fitsDecimals } from "./exact.ts";

const LABEL = 0, OPEN = 1, HIGH = 2, LOW = 3, CLOSE = 4, VOLUME = 5, LOST = 6, DECIMALS = 7;
const TRADES = 8, PARTIAL = 9;

/** Doubles that a fold keeps. */
export const CANDLE_FOLD_SLOTS = 10;

/** Past this many decimals an amount was computed rather than quoted, and is added as it is. */
const MOST_DECIMALS = 12;

/**
 * One candle in the making: folds trades or finer candles into it, with the volume added exactly
 * (the decimal sum of decimal amounts). All it knows is in `state`, so that it can be a part of a
 * larger state that is saved and restored.
 */
export class CandleFold {
  constructor(readonly state: Float64Array = new Float64Array(CANDLE_FOLD_SLOTS)) {}

  /** Close time of the candle in the making; 0 if there is none. */
  get label(): number {
    return this.state[LABEL];
  }

  /** Whether the beginning of the interval was not seen, so that it gives no candle. */
  get partial(): boolean {
    return this.state[PARTIAL] === 1;
  }

  get open(): number {
    return this.state[OPEN];
  }

  /** Sets the opening price, where what is added does not come in the order of time. */
  set open(price: number) {
    this.state[OPEN] = price;
  }

  /** The last price that was added; NaN before there is one. */
  get close(): number {
    return this.state[CLOSE];
  }

  /** Sets the closing price, as `open`. */
  set close(price: number) {
    this.state[CLOSE] = price;
  }

  /** Marks that a part of the interval was not seen. */
  spoil(): void {
    this.state[PARTIAL] = 1;
  }

  begin(label: number, partial: boolean): void {
    this.state.fill(0);
    this.state[LABEL] = label;
    this.state[PARTIAL] = partial ? 1 : 0;
    this.state[OPEN] = NaN;
    this.state[CLOSE] = NaN;
  }

  /**
   * Adds a trade (four times its price) or a finer candle. A flat one without volume is silence at the
   * previous close: it opens no candle that has volume, since none made of the trades would have it.
   */
  add(open: number, high: number, low: number, close: number, volume: number, trades: number) {
    const s = this.state;
    // A late trade moves the price of silence: then the older one is nobody's any more.
    const isMoved = trades === 0 && volume === 0 && high === low && s[TRADES] === 0;
    if (Number.isNaN(s[OPEN]) || ((volume > 0 || isMoved) && this.silent)) {
      s[OPEN] = open;
      s[HIGH] = high;
      s[LOW] = low;
    }
    if (high > s[HIGH]) s[HIGH] = high;
    if (low < s[LOW]) s[LOW] = low;
    s[CLOSE] = close;
    s[TRADES] += trades;
    while (s[DECIMALS] <= MOST_DECIMALS && !fitsDecimals(volume, s[DECIMALS])) s[DECIMALS]++;
    const sum = s[VOLUME] + volume;
    s[LOST] += additionError(s[VOLUME], volume, sum);
    s[VOLUME] = sum;
  }

  /** Whether anything was added since `begin`. */
  get traded(): boolean {
    return !Number.isNaN(this.state[OPEN]);
  }

  /** Whether all that was added is silence. */
  private get silent(): boolean {
    return this.state[VOLUME] === 0 && this.state[HIGH] === this.state[LOW];
  }

  /** The candle as it stands. */
  candle(): Candle {
    const s = this.state, counted = !Number.isNaN(s[TRADES]);
    return {
      time: s[LABEL],
      open: s[OPEN],
      high: s[HIGH],
      low: s[LOW],
      close: s[CLOSE],
      volume: this.volume(),
      trades: s[TRADES],
      kind: this.silent ? "empty" : counted ? "traded" : "backfilled",
    };
  }

  private volume(): number {
    const sum = this.state[VOLUME] + this.state[LOST];
    const scale = 10 ** this.state[DECIMALS], ticks = Math.round(sum * scale);
    const quoted = this.state[DECIMALS] <= MOST_DECIMALS && ticks <= Number.MAX_SAFE_INTEGER;
    return quoted ? ticks / scale : sum;
  }
}
