/** What a decision asks for. */
export const ACTIONS = [
  "enterLong",
  "exitLong",
  "enterShort",
  "exitShort",
  "reverseToLong",
  "reverseToShort",
] as const;
export type Action = typeof ACTIONS[number];

/** Why a trade was closed. */
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
] as const;
export type Reason = typeof REASONS[number];

/** What a stop level may have been set by. */
export type StopReason = "stopLoss" | "trailingStop" | "breakEven";

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
  reason: "entry" | Reason;
  role: Role;
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

/** A closed trade, from flat to flat. Money is in the quote currency, `amount` in the base's units. */
export interface ClosedTrade {
  side: PositionSide;
  entryTime: number;
  /** Price of the fill, slippage included. */
  entryPrice: number;
  exitTime: number;
  exitPrice: number;
  amount: number;
  /** Fees of both sides. */
  fees: number;
  /** What slippage cost on both sides; it is part of the prices already. */
  slippage: number;
  /** Profit net of fees. */
  pnl: number;
  /** `pnl` as a fraction of the entry's notional. */
  return: number;
  reason: Reason;
}

/** A position that the last row left open, marked at its close. */
export interface OpenTrade {
  side: PositionSide;
  entryTime: number;
  entryPrice: number;
  amount: number;
  /** Fee of the entry. */
  fees: number;
  /** Profit at the mark, net of the entry's fee. */
  pnl: number;
}

/** Why an entry was not made. */
export type RefusalReason =
  /** There is not the cash for it, or for one lot. */
  | "cash"
  /** It is below the least notional. */
  | "minNotional"
  /** As many positions are open as may be. */
  | "positions"
  /** Positions are as large together as they may be. */
  | "exposure"
  /** Its stop, or the volatility that sizes it, is not known. */
  | "unknown"
  /** A protection forbids it. */
  | "protection"
  /** Its price did not come while it waited. */
  | "expired";

/** An entry that was asked for and not made. */
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
  /** Rows whose bar held stop and target both; the stop was taken. */
  ambiguous: number;
  /** Entries that the account could not or may not open. */
  refused: number;
  /** Entries that a protection forbade. */
  forbidden: number;
  /** Entries whose price did not come while they waited. */
  expired: number;
}

/** Where the account puts what happens, row by row. */
export interface Ledger {
  signal(row: number, signal: Omit<Signal, "values">): void;
  refuse(refusal: Refusal): void;
  fill(fill: Fill): void;
  /** What `foldFill` makes of the fills. */
  trade(trade: ClosedTrade): void;
}
