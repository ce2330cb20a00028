import { newTrade, type TradeState } from "./trade_fold.ts";

/** All that an account remembers from row to row: numbers, and nothing else. */
export interface AccountState extends TradeState {
  /** In the quote currency. */
  cash: number;
  /** Units of the base currency; negative when short. */
  position: number;
  /** The action that waits for the next open, by its number from 1; 0 is none. */
  pending: number;
  /** Entries since the position was flat. */
  entries: number;
  /** Average price of the entries of what is held; what was closed since changes nothing. */
  average: number;
  /** Cash that is put apart for the position, where margin is isolated. */
  margin: number;
  /** The price at which the exchange takes the position, and its margin with it; NaN is none. */
  liquidation: number;
  /** Close of the last candle over which a position was held; NaN when flat. */
  heldUntil: number;
  /** Funding paid in all, and since the last fill. */
  funding: number;
  fundingDue: number;
  /** Why it is to exit, by its number among `REASONS` from 1; 0 is as the action says. */
  pendingReason: number;
  /** The side of an entry that waits for its price: 1 buys, -1 sells, 0 is none. */
  orderSide: number;
  orderPrice: number;
  /** 1 until it has seen an open. */
  orderIsNew: number;
  /** Candles for which it still waits. */
  orderLeft: number;
  /** The level at which the position is closed at a loss, or what is left of a gain; NaN is none. */
  stop: number;
  /** What set it, by its number among `REASONS`. */
  stopReason: number;
  /** The level at which the position is closed at a gain; NaN is none. */
  target: number;
  /** The levels at which parts of the position are closed; NaN is none, or none any more. */
  firstLevel: number;
  secondLevel: number;
  /** The price from which the stop moves to the entry price; NaN is none. */
  evenAt: number;
  /** The best price since the entry. */
  best: number;
  /** Closes of candles since the entry. */
  held: number;
  /** Distances of stops on the row of the last entry's decision; NaN where there is no series. */
  stopDistance: number;
  targetDistance: number;
  trailDistance: number;
  evenDistance: number;
  firstDistance: number;
  secondDistance: number;
  /** What the last entry that was decided is to take; -1 is `account.size`. */
  size: number;
  /** The units, of either side, that the position is to be brought to at its next fill; NaN is none. */
  aim: number;
  /** The strategy's volatility on the row of the last entry's decision. */
  volatility: number;
  /** Volume of the last closed candle, where fills go by it. */
  volume: number;
  /** Equity at the last close. */
  worth: number;
  /** The UTC day, counted from 1970. */
  day: number;
  /** Equity at the last close of the day before. */
  dayEquity: number;
  entriesToday: number;
  /** 1 once the day has lost what it may. */
  dayLost: number;
  /** Closes that have yet to pass after a stop. */
  cooling: number;
  lossesInRow: number;
  /** 1 once the drawdown has reached its limit. */
  halted: number;
  /**
   * 1 while people have paused it: nothing is opened by a decision. 2 until the next close, at which its
   * position is to be closed besides.
   */
  paused: number;
  /** The highest equity so far, the balance included. */
  peak: number;
  /** 1 once equity has reached 0: nothing is opened any more. */
  ended: number;
  /** Fees of every fill so far. */
  fees: number;
  /** What slippage cost so far. */
  slippage: number;
  /** Notional of every fill so far. */
  turnover: number;
  cancelled: number;
  ambiguous: number;
  refused: number;
  /** Entries that a protection forbade. */
  forbidden: number;
  /** Entries whose price did not come while they waited. */
  expired: number;
  /** Positions that the exchange took. */
  liquidated: number;
}

/** What an account remembers before its first row. */
export function newState(balance: number): AccountState {
  return {
    ...newTrade(balance),
    cash: balance,
    position: 0,
    pending: 0,
    entries: 0,
    average: 0,
    margin: 0,
    liquidation: NaN,
    heldUntil: NaN,
    funding: 0,
    fundingDue: 0,
    pendingReason: 0,
    orderSide: 0,
    orderPrice: NaN,
    orderIsNew: 0,
    orderLeft: 0,
    stop: NaN,
    stopReason: 0,
    target: NaN,
    firstLevel: NaN,
    secondLevel: NaN,
    evenAt: NaN,
    best: 0,
    held: 0,
    stopDistance: NaN,
    targetDistance: NaN,
    trailDistance: NaN,
    evenDistance: NaN,
    firstDistance: NaN,
    secondDistance: NaN,
    size: -1,
    aim: NaN,
    volatility: NaN,
    volume: 0,
    worth: balance,
    day: NaN,
    dayEquity: balance,
    entriesToday: 0,
    dayLost: 0,
    cooling: 0,
    lossesInRow: 0,
    halted: 0,
    paused: 0,
    peak: balance,
    ended: 0,
    fees: 0,
    slippage: 0,
    turnover: 0,
    cancelled: 0,
    ambiguous: 0,
    refused: 0,
    forbidden: 0,
    expired: 0,
    liquidated: 0,
  };
}

const NAMES = Object.keys(newState(1)) as readonly (keyof AccountState)[];

/** Doubles that `saveState` writes. */
export const ACCOUNT_SLOTS: number = NAMES.length;

/** Copies all of the state into `target`, from `at` on. */
export function saveState(state: AccountState, target: Float64Array, at = 0): void {
  NAMES.forEach((name, slot) => target[at + slot] = state[name]);
}

/** Takes over what `saveState` wrote. */
export function restoreState(state: AccountState, source: Float64Array, at = 0): void {
  NAMES.forEach((name, slot) => state[name] = source[at + slot]);
}
