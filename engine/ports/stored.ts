import type { Timeframe } from "../market/timeframe.ts";
import type { Instrument } from "../market/trade.ts";
import type { LostSpan } from "./feed.ts";

/** The candles of one instrument and timeframe. */
export interface MarketKey extends Instrument {
  timeframe: Timeframe;
}

/** A `LostSpan` as it is stored. */
export interface RecordedGap extends LostSpan {
  /** When it was recorded, UTC milliseconds by the store's clock. */
  recordedAt: number;
}

/** A row of a bot's equity curve. */
export interface PerformanceRow {
  /** Close time of the candle. */
  time: number;
  equity: number;
  cash: number;
  /** Units of the base currency held; negative when short. */
  position: number;
  /** Equity below its running peak, as a fraction: 0 or negative. */
  drawdown: number;
}
