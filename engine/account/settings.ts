/** How an account trades. Ratios are fractions; money is in the quote currency. */
export interface AccountSettings {
  /** Cash at the start. */
  balance: number;
  /** Fee on the notional of each side: 0.001 is 0.1 %. */
  fee: number;
  /** How far each market fill is moved against us, as a fraction of the price. */
  slippage: number;
  /**
   * Where a decision is filled: at the next candle's open, or at the very close that it was taken on
   * (optimistic: nobody can trade on a price that is already past).
   */
  fill: "next-open" | "close";
  /** The fraction of equity that a position takes, above 0 and at most 1. */
  size: number;
  /** Whether it may sell short. Spot accounts may not. */
  shorts: boolean;
  /** Amounts are rounded down to whole multiples of this; 0 leaves them as they are. */
  lot: number;
}

/** Where a position is closed without a signal, as fractions of its entry price. */
export interface Stops {
  stopLoss?: number;
  takeProfit?: number;
}

export const DEFAULT_ACCOUNT: AccountSettings = {
  balance: 10_000,
  fee: 0.001,
  slippage: 0,
  fill: "next-open",
  size: 1,
  shorts: false,
  lot: 0,
};
