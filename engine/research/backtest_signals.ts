import { Account } from "../account/account.ts";
import { checkTogether } from "../account/check_together.ts";
import type { AccountSettings } from "../account/settings.ts";
import { type SignalName, SIGNALS, type Signals } from "../account/signals.ts";
import { distanceColumns, type StopName, STOPS, type Stops } from "../account/stop_rules.ts";
import { checkOptions, isPlainObject } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { type FundingRates, withFunding } from "../market/funding.ts";
import { decideCandles } from "../run/decide_candles.ts";
import { Driver } from "../run/driver.ts";
import { givenSignals } from "../run/given_signals.ts";
import { accountSettings } from "./account_settings.ts";
import { candlesOf, type CandleSource } from "./candle_source.ts";
import { type Mask, maskColumn, numberColumn } from "./mask_column.ts";
import { Result } from "./result.ts";

/** Signals computed by hand, one value for each candle. */
export interface HandMadeSignals {
  entries: Mask;
  /** May be left out where a stop closes the positions. */
  exits?: Mask;
  shortEntries?: Mask;
  shortExits?: Mask;
  /** When to close a part of a position: `reducePart` of it. */
  reductions?: Mask;
  shortReductions?: Mask;
  /** Standard deviation of each candle's return, for sizing that goes by it. */
  volatility?: Mask;
  /** What an entry on each candle takes, in the place of `account.size`. */
  sizes?: Mask;
}

/** Stops by name (`STOPS`): a fraction, or distances in price, one a candle. */
export type HandMadeStops = { [Name in StopName]?: number | Mask };

/**
 * Runs the account over signals that were computed by hand, on arrays or danfo columns. Nothing can
 * check that such signals look at the past only, so the result cannot be promoted to a bot. Throws an
 * `InputError` for signals, settings or candles that cannot be.
 */
export function backtestSignals(
  source: CandleSource,
  given: HandMadeSignals,
  options: {
    account?: Partial<AccountSettings>;
    stops?: HandMadeStops;
    funding?: FundingRates;
  } = {},
): Result {
  const plain = candlesOf(source, "backtestSignals(candles, signals)"), { length } = plain;
  checkNames(given);
  checkOptions(options, ["account", "stops", "funding"], "backtestSignals");
  const { entries, exits, shortEntries, shortExits } = given;
  if (length === 0) throw new InputError("Cannot backtest over no candles at all");
  const candles = options.funding ? withFunding(plain, options.funding) : plain;
  const hasShorts = shortEntries !== undefined;
  if (!hasShorts && shortExits !== undefined) {
    throw new InputError("shortExits are given, but no shortEntries: nothing would be sold short");
  }
  const account = accountSettings(options.account, hasShorts);
  if (hasShorts && !account.shorts) {
    throw new InputError(
      "shortEntries are given, but account.shorts is false: give one or the other",
    );
  }
  const { stops = {} } = options, { volatility, reductions, shortReductions } = given;
  checkTogether(account, {
    stops,
    signals: { volatility, reduceLong: reductions, reduceShort: shortReductions },
  });
  checkExits(given, stops);
  const column = (mask: Mask, name: string) => maskColumn(mask, name, { source, length });
  const optional = (mask: Mask | undefined, name: string) =>
    mask === undefined ? new Float64Array(length) : column(mask, name);
  const numbersOr = (absent: number, values: Mask | undefined, name: string) =>
    values === undefined
      ? new Float64Array(length).fill(absent)
      : numberColumn(values, name, { source, length });
  const { numbers, distances } = splitStops(stops, { source, length });
  const fold = new Account(account, numbers, candles.timeframe);
  const signals: Signals = {
    enterLong: column(entries, "entries"),
    exitLong: optional(exits, "exits"),
    enterShort: optional(shortEntries, "shortEntries"),
    exitShort: optional(shortExits, "shortExits"),
    reduceLong: optional(reductions, "reductions"),
    reduceShort: optional(shortReductions, "shortReductions"),
    confidence: numbersOr(SIGNALS.confidence.absent, undefined, "confidence"),
    volatility: numbersOr(SIGNALS.volatility.absent, volatility, "volatility"),
    size: numbersOr(SIGNALS.size.absent, given.sizes, "sizes"),
    distances,
  };
  const driver = new Driver(fold, givenSignals(signals, length), candles.timeframe);
  const decided = decideCandles(driver, candles), report = fold.report(candles.close[length - 1]);
  return new Result({ account, seen: candles, ...decided, report });
}

/** What a strategy calls its signals, and how they are called here. */
const NAMES: Readonly<Record<Exclude<SignalName, "confidence">, keyof HandMadeSignals>> = {
  enterLong: "entries",
  exitLong: "exits",
  enterShort: "shortEntries",
  exitShort: "shortExits",
  reduceLong: "reductions",
  reduceShort: "shortReductions",
  volatility: "volatility",
  size: "sizes",
};

function checkNames(given: HandMadeSignals): void {
  const other = isPlainObject(given)
    ? Object.entries(NAMES).find(([name, own]) => name !== own && Object.hasOwn(given, name))
    : undefined;
  if (other !== undefined) {
    throw new InputError(
      `backtestSignals has no option "${other[0]}", as strategies call it: its name here is ${
        other[1]
      }`,
    );
  }
  checkOptions(given, Object.values(NAMES), "backtestSignals");
}

/** Positions that nothing closes are rather a mistake. */
function checkExits({ exits, shortEntries }: HandMadeSignals, stops: HandMadeStops): void {
  const closes: readonly StopName[] = ["stopLoss", "takeProfit", "trailingStop", "timeStop"];
  if (exits !== undefined || shortEntries !== undefined) return;
  if (closes.some((name) => stops[name] !== undefined)) return;
  throw new InputError(
    "exits are missing, and there is no stop that would close what entries open: give exits, or a " +
      "stopLoss, takeProfit, trailingStop or timeStop",
  );
}

/** Numbers, which the account checks itself, and distances. */
function splitStops(stops: HandMadeStops, rows: { source: CandleSource; length: number }) {
  checkOptions(stops, Object.keys(STOPS), "stops");
  const isSeries = (stop: unknown): stop is Mask => typeof stop === "object" && stop !== null;
  for (const [name, { distance, rule }] of Object.entries(STOPS)) {
    if (distance || !isSeries(stops[name as StopName])) continue;
    throw new InputError(`${name} is a series, but must be ${rule.allowed}`);
  }
  const distances = distanceColumns((name) => {
    const stop = stops[name];
    return isSeries(stop) ? numberColumn(stop, name, rows) : undefined;
  });
  const numbers = Object.entries(stops).filter(([, stop]) => !isSeries(stop));
  return { numbers: Object.fromEntries(numbers) as Stops, distances };
}
