import { Account } from "../account/account.ts";
import { emptyCurve } from "../account/equity_curve.ts";
import type { ClosedTrade, Signal } from "../account/ledger.ts";
import type { AccountSettings, Stops } from "../account/settings.ts";
import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { accountSettings } from "./account_settings.ts";
import { candlesOf, type CandleSource } from "./candle_source.ts";
import { Result } from "./result.ts";

/** One value a candle: true or 1 fires; false, 0, NaN and null do not. */
export type Mask = ArrayLike<boolean | number | null> | { values: unknown };

/** Signals computed by hand, one value for each candle. */
export interface HandMadeSignals {
  entries: Mask;
  exits: Mask;
  shortEntries?: Mask;
  shortExits?: Mask;
}

/**
 * Runs the account over signals that were computed by hand, on arrays or danfo columns. Nothing can
 * check that such signals look at the past only, so the result cannot be promoted to a bot. Throws an
 * `InputError` for signals, settings or candles that cannot be.
 */
export function backtestSignals(
  source: CandleSource,
  given: HandMadeSignals,
  options: { account?: Partial<AccountSettings>; stops?: Stops } = {},
): Result {
  const candles = candlesOf(source, "backtestSignals(candles, signals)"), { length } = candles;
  checkOptions(given, ["entries", "exits", "shortEntries", "shortExits"], "backtestSignals");
  checkOptions(options, ["account", "stops"], "backtestSignals");
  const { entries, exits, shortEntries = [], shortExits = [] } = given;
  if (length === 0) throw new InputError("Cannot backtest over no candles at all");
  const hasShorts = values(shortEntries, "shortEntries").length > 0;
  const account = accountSettings(options.account, hasShorts);
  if (hasShorts && !account.shorts) {
    throw new InputError(
      "shortEntries are given, but account.shorts is false: give one or the other",
    );
  }
  const column = (mask: Mask, name: string) => toColumn(values(mask, name), length, name);
  const fold = new Account(account, options.stops ?? {}, candles.timeframe);
  const signals: Signal[] = [], trades: ClosedTrade[] = [], curve = emptyCurve(length);
  const columns = {
    enterLong: column(entries, "entries"),
    exitLong: column(exits, "exits"),
    enterShort: hasShorts ? column(shortEntries, "shortEntries") : new Float64Array(length),
    exitShort: hasShorts ? column(shortExits, "shortExits") : new Float64Array(length),
    confidence: new Float64Array(length).fill(NaN),
  };
  fold.advance(candles, 0, length, columns, 0, curve, 0, {
    signal: (_, signal) => signals.push({ ...signal, values: {} }),
    trade: (trade) => trades.push(trade),
  });
  const { cancelled, ambiguous, refused, fees, turnover } = fold;
  return new Result({
    account,
    seen: candles,
    candles,
    curve,
    signals,
    trades,
    open: fold.openTrade(candles.close[length - 1]),
    counts: { cancelled, ambiguous, refused },
    fees,
    turnover,
  });
}

function values(mask: Mask, name: string): ArrayLike<unknown> {
  if (typeof mask !== "object" || mask === null) {
    throw new InputError(`${name} is ${mask}: give an array or a column of a frame`);
  }
  const found = "values" in mask && typeof mask.values !== "function" ? mask.values : mask;
  if (typeof (found as ArrayLike<unknown>)?.length === "number") return found as ArrayLike<unknown>;
  throw new InputError(`${name} is no list of values: give an array or a column of a frame`);
}

function toColumn(mask: ArrayLike<unknown>, length: number, name: string): Float64Array {
  if (mask.length !== length) {
    throw new InputError(`${name} has ${mask.length} values, but there are ${length} candles`);
  }
  return Float64Array.from(mask, (value, i) => {
    if (value === true || value === 1) return 1;
    if (!value) return 0;
    throw new InputError(`${name}[${i}] is ${value}, but must be true or false (1 or 0)`);
  });
}
