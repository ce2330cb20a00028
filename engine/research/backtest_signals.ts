import { Account } from "../account/account.ts";
import { checkTogether } from "../account/check_together.ts";
import type { AccountSettings } from "../account/settings.ts";
import { distanceColumns, type StopName, STOPS, type Stops } from "../account/stop_rules.ts";
import { checkOptions } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { type FundingRates, withFunding } from "../market/funding.ts";
import { decideCandles } from "../run/decide_candles.ts";
import { Driver } from "../run/driver.ts";
import { givenSignals } from "../run/given_signals.ts";
import { accountSettings } from "./account_settings.ts";
import { candlesOf, type CandleSource } from "./candle_source.ts";
import {
  byStrategyName,
  checkHandMade,
  handMadeColumns,
  type HandMadeSignals,
} from "./hand_made_signals.ts";
import { type Mask, numberColumn, type Rows } from "./mask_column.ts";
import { Result } from "./result.ts";

export type { HandMadeSignals };

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
  checkHandMade(given);
  checkOptions(options, ["account", "stops", "funding"], "backtestSignals");
  if (length === 0) throw new InputError("Cannot backtest over no candles at all");
  const candles = options.funding ? withFunding(plain, options.funding) : plain;
  const account = checkedAccount(options.account, given);
  const { stops = {} } = options, rows = { source, length };
  checkTogether(account, { stops, signals: byStrategyName(given) });
  checkExits(given, stops);
  const { numbers, distances } = splitStops(stops, rows);
  const fold = new Account(account, numbers, candles.timeframe);
  const signals = { ...handMadeColumns(given, rows), distances };
  const driver = new Driver(fold, givenSignals(signals, length), candles.timeframe);
  const decided = decideCandles(driver, candles), report = fold.report(candles.close[length - 1]);
  return new Result({ account, seen: candles, ...decided, report });
}

/** The account, which sells short if the signals do, or may where they are exposures. */
function checkedAccount(
  given: Partial<AccountSettings> | undefined,
  { shortEntries, exposures }: HandMadeSignals,
): AccountSettings {
  const hasShorts = shortEntries !== undefined;
  const account = accountSettings(given, hasShorts || exposures !== undefined);
  if (!hasShorts || account.shorts) return account;
  throw new InputError(
    "shortEntries are given, but account.shorts is false: give one or the other",
  );
}

/** Positions that nothing closes are rather a mistake. */
function checkExits(given: HandMadeSignals, stops: HandMadeStops): void {
  const { exits, shortEntries, exposures } = given;
  const closes: readonly StopName[] = ["stopLoss", "takeProfit", "trailingStop", "timeStop"];
  if ([exits, shortEntries, exposures].some((one) => one !== undefined)) return;
  if (closes.some((name) => stops[name] !== undefined)) return;
  throw new InputError(
    "exits are missing, and there is no stop that would close what entries open: give exits, or a " +
      "stopLoss, takeProfit, trailingStop or timeStop",
  );
}

/** Numbers, which the account checks itself, and distances. */
function splitStops(stops: HandMadeStops, rows: Rows) {
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
