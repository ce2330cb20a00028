/** What a decision asks for. */
export const ACTIONS = [
  "enterLong",
  "exitLong",
  "enterShort",
  "exitShort",
  "reverseToLong",
  "reverseToShort",
  "addLong",
  "addShort",
  "reduceLong",
  "reduceShort",
] as const;
export type Action = typeof ACTIONS[number];

/** What an action opens or adds to: 1 is a long position, -1 a short one, 0 is nothing. */
export const OPENS: Readonly<Record<Action, 1 | -1 | 0>> = {
  enterLong: 1,
  exitLong: 0,
  enterShort: -1,
  exitShort: 0,
  reverseToLong: 1,
  reverseToShort: -1,
  addLong: 1,
  addShort: -1,
  reduceLong: 0,
  reduceShort: 0,
};

/** Why a trade was closed, or a part of it. */
export const REASONS = [
  "signal",
  "reversal",
  "stopLoss",
  "takeProfit",
  "ruin",
  "trailingStop",
  "breakEven",
  "timeStop",
  "maxDrawdown",
  "dailyLoss",
  "firstTarget",
  "secondTarget",
  "reduction",
  "liquidation",
  /** A person asked for it. */
  "manual",
] as const;
export type Reason = typeof REASONS[number];

/** Why there is a fill; `rebalance` takes a position of a portfolio down to its share. */
export const FILL_REASONS = ["entry", "rebalance", ...REASONS] as const;
export type FillReason = typeof FILL_REASONS[number];

/** What a stop level may have been set by. */
export type StopReason = "stopLoss" | "trailingStop" | "breakEven";

/** Which level a gain was taken at. */
export type TargetReason = "firstTarget" | "secondTarget" | "takeProfit";

export type PositionSide = "long" | "short";

/** Whether an order took what was offered (a market order) or was waiting there (a limit order). */
export type Role = "maker" | "taker";

/** A purchase or sale: what an account does, all of it. Money is in the quote currency. */
export interface Fill {
  time: number;
  side: "buy" | "sell";
  /** Slippage included. */
  price: number;
  /** Units of the base currency. */
  amount: number;
  fee: number;
  /** What slippage cost; it is part of the price already. */
  slippage: number;
  /** Why: an entry, or what closed the position or a part of it. */
  reason: FillReason;
  role: Role;
  /** Funding paid since the fill before it (negative: received), on what was held then. */
  funding: number;
  /** Units held after it; negative when short. */
  position: number;
  /** Cash after it. */
  cash: number;
}

/** A decision taken on a candle's close. */
export interface Signal {
  /** Close time of the candle. */
  time: number;
  action: Action;
  /** How sure the strategy is, 0 to 1; 1 where it does not say. */
  confidence: number;
  /** The candle's close. */
  price: number;
  /** The strategy's named series at this row; NaN is unknown. */
  values: Record<string, number>;
}

/**
 * A closed trade, from flat to flat: further entries and partial exits are part of it. Money is in the
 * quote currency, `amount` in the base's units.
 */
export interface ClosedTrade {
  side: PositionSide;
  /** Time of the first fill. */
  entryTime: number;
  /** Average price of what was entered, slippage included. */
  entryPrice: number;
  /** Time of the last fill. */
  exitTime: number;
  /** Average price of what was closed. */
  exitPrice: number;
  /** All that was entered. */
  amount: number;
  /** Fees of both sides. */
  fees: number;
  /** What slippage cost on both sides; it is part of the prices already. */
  slippage: number;
  /** Funding paid while it was held; negative if more was received. */
  funding: number;
  /** Profit net of fees and funding. */
  pnl: number;
  /** `pnl` as a fraction of the notional of all that was entered. */
  return: number;
  /** Why the last of it was closed. */
  reason: Reason;
}

/** A position that the last row left open, marked at its close. */
export interface OpenTrade {
  side: PositionSide;
  /** Time of the first fill. */
  entryTime: number;
  /** Average price of what was entered. */
  entryPrice: number;
  /** What is still held. */
  amount: number;
  /** Fees so far. */
  fees: number;
  /** Funding paid so far; negative if more was received. */
  funding: number;
  /** Profit at the mark and of what was closed already, net of fees and funding so far. */
  pnl: number;
}

/** Why an entry was not made. */
export const REFUSAL_REASONS = [
  /** There is not the cash for it. */
  "cash",
  /** It is below the least notional. */
  "minNotional",
  /** As many positions are open as may be. */
  "positions",
  /** Positions are as large together as they may be. */
  "exposure",
  /** Its stop, its size, or the volatility that sizes it, is not known. */
  "unknown",
  /** A protection forbids it. */
  "protection",
  /** Its price did not come while it waited. */
  "expired",
  /** It, or the part of the position that was to be closed, is less than a lot. */
  "lot",
  /** Its margin is so small, or its price so far off, that it would be liquidated at once. */
  "liquidation",
  /** A person has paused the account. */
  "paused",
] as const;
export type RefusalReason = typeof REFUSAL_REASONS[number];

/** An entry, or the exit of a part of a position, that was asked for and not made. */
export interface Refusal {
  time: number;
  side: PositionSide;
  price: number;
  reason: RefusalReason;
}

/** What happened that is neither a signal nor a trade, counted. */
export interface Counts {
  /** Rows on which both sides' entries fired and cancelled each other. */
  cancelled: number;
  /**
   * Rows whose bar left the order of events open, so that the worse was taken: it held stop and target
   * both, or an entry was filled inside of it and it may have reached one of them before.
   */
  ambiguous: number;
  /** Entries that the account could not or may not open, and parts too small to be closed. */
  refused: number;
  /** Entries that a protection forbade. */
  forbidden: number;
  /** Entries whose price did not come while they waited. */
  expired: number;
  /** Positions of which the exchange took all of the margin. */
  liquidated: number;
}

/** Where the account puts what happens, row by row. */
export interface Ledger {
  signal(row: number, signal: Omit<Signal, "values">): void;
  refuse(refusal: Refusal): void;
  fill(fill: Fill): void;
  /** What `foldFill` makes of the fills. */
  trade(trade: ClosedTrade): void;
}

/** Tells nobody. */
export const SILENT: Ledger = { signal() {}, refuse() {}, fill() {}, trade() {} };
