import type { Intervention } from "../../engine/account/interventions.ts";

export type Distance =
  | "firstTarget"
  | "secondTarget"
  | "stopLoss"
  | "takeProfit"
  | "trailingStop"
  | "breakEven"
  | "limitEntry"
  | "stopEntry";

/** One candle with the signals on its close: true fires, `undefined` is unknown. */
export interface NaiveRow {
  openTime: number;
  closeTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** Whether a candle of the strategy closes here; every row is one unless it is said. */
  closes?: boolean;
  /** The volume of the strategy's last closed candle, where that is not the row. */
  barVolume?: number;
  /** What sizes by volatility go by; NaN is unknown. */
  volatility: number;
  /** What an entry takes; -1 is what the settings say. */
  size: number;
  reduceLong?: boolean;
  reduceShort?: boolean;
  /** What a long position pays over it, as a fraction; in the place of what the settings say. */
  funding?: number;
  /** What of it was due by the open, and what between open and close. */
  fundingInGap?: number;
  fundingInside?: number;
  enterLong?: boolean;
  exitLong?: boolean;
  enterShort?: boolean;
  exitShort?: boolean;
  /** What people asked for while the candle was made. */
  asked?: readonly Intervention[];
  /** Stops that are distances in price, as they stand on this row. */
  distances?: Partial<Record<Distance, number>>;
}
