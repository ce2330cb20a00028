import { Account } from "../../engine/account/account.ts";
import { emptyCurve, type EquityCurve } from "../../engine/account/equity_curve.ts";
import type { Intervention } from "../../engine/account/interventions.ts";
import type {
  ClosedTrade,
  Counts,
  Fill,
  OpenTrade,
  Refusal,
  Signal,
} from "../../engine/account/ledger.ts";
import { type AccountSettings, DEFAULT_ACCOUNT } from "../../engine/account/settings.ts";
import { signalColumns as eachSignal, type SignalName } from "../../engine/account/signals.ts";
import {
  distanceColumns,
  type Distances,
  type StopName,
  type Stops,
} from "../../engine/account/stop_rules.ts";
import type { Candles } from "../../engine/market/candles.ts";

/** What an account is to trade on; columns that are left out never fire. */
export interface AccountInput {
  candles: Candles;
  signals: Partial<Record<SignalName, ArrayLike<number>>>;
  settings?: Partial<AccountSettings>;
  /** Fractions; or distances in price, one a row. */
  stops?: { [Name in StopName]?: number | ArrayLike<number> };
  /** The strategy's own candles, where the account steps on shorter ones. */
  bars?: { closes: ArrayLike<number>; volume: ArrayLike<number> };
  /** What people ask for between the row and the one before, by row. */
  asked?: Readonly<Record<number, readonly Intervention[]>>;
}

/** All that an account gave. */
export interface AccountRun {
  curve: EquityCurve;
  refusals: Refusal[];
  fills: Fill[];
  /** The row on which each fill happened. */
  filledOn: number[];
  trades: ClosedTrade[];
  /** The row on which each trade was closed: times alone do not tell an open from the close before. */
  closedOn: number[];
  signals: { row: number; signal: Omit<Signal, "values"> }[];
  open: OpenTrade | undefined;
  counts: Counts;
  fees: number;
  turnover: number;
  funding: number;
  ended: boolean;
  closedEquity: number;
}

/** Runs the account alone over candles and signals, row by row: no strategy, no plan. */
export function accountRun(input: AccountInput): AccountRun {
  const { candles, signals, settings, stops = {} } = input;
  const { length } = candles, curve = emptyCurve(length);
  const { numbers, distances } = splitStops(stops);
  const account = new Account({ ...DEFAULT_ACCOUNT, ...settings }, numbers, candles.timeframe);
  const bars = input.bars && {
    closes: Float64Array.from(input.bars.closes),
    volume: Float64Array.from(input.bars.volume),
  };
  const columns = {
    ...signalColumns(signals, length),
    distances,
    bars,
    steers: signals.exposure !== undefined,
  };
  const refusals: Refusal[] = [], fills: Fill[] = [], filledOn: number[] = [];
  const trades: ClosedTrade[] = [], closedOn: number[] = [], events: AccountRun["signals"] = [];
  for (let i = 0; i < length; i++) {
    input.asked?.[i]?.forEach((asked) => account.intervene(asked));
    account.advance(candles, i, i + 1, columns, i, curve, i, {
      signal: (row, signal) => events.push({ row, signal }),
      refuse: (refusal) => refusals.push(refusal),
      fill: (fill) => filledOn.push(i) && fills.push(fill),
      trade: (trade) => closedOn.push(i) && trades.push(trade),
    });
  }
  return {
    curve,
    refusals,
    fills,
    filledOn,
    trades,
    closedOn,
    signals: events,
    ...account.report(candles.close[length - 1]),
    ended: account.state.ended === 1,
  };
}

/** Signal columns of `length` rows. */
export function signalColumns(given: AccountInput["signals"], length: number) {
  return eachSignal((name, { absent }) =>
    Float64Array.from(given[name] ?? new Float64Array(length).fill(absent))
  );
}

/** Stops as the account is given them: numbers before the run, distances with the rows. */
export function splitStops(stops: AccountInput["stops"] = {}): {
  numbers: Stops;
  distances: Distances | undefined;
} {
  const isNumber = (stop: unknown) => typeof stop === "number" || stop === undefined;
  const numbers = Object.entries(stops).filter(([, stop]) => isNumber(stop));
  const column = (name: StopName) => {
    const stop = stops[name];
    return isNumber(stop) ? undefined : Float64Array.from(stop as ArrayLike<number>);
  };
  return { numbers: Object.fromEntries(numbers), distances: distanceColumns(column) };
}
