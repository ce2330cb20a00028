import { SIGNAL_NAMES, signalColumns, type SignalName, type Signals } from "../account/signals.ts";
import { checkOptions, isPlainObject } from "../market/check_options.ts";
import { InputError } from "../market/errors.ts";
import { type Mask, maskColumn, numberColumn, type Rows } from "./mask_column.ts";

/** Signals computed by hand, one value for each candle. */
export interface HandMadeSignals {
  /** May be left out where `exposures` say what is held. */
  entries?: Mask;
  /** May be left out where a stop closes the positions. */
  exits?: Mask;
  shortEntries?: Mask;
  shortExits?: Mask;
  /** When to close a part of a position: `reducePart` of it. */
  reductions?: Mask;
  shortReductions?: Mask;
  /** Standard deviation of each candle's return, for sizing that goes by it. */
  volatility?: Mask;
  /** How sure each signal is, 0 to 1: recorded with it, changes nothing else. */
  confidence?: Mask;
  /** What an entry on each candle takes, in the place of `account.size`. */
  sizes?: Mask;
  /** How much of equity is to be held, -1 to 1, in the place of entries and exits. */
  exposures?: Mask;
}

/** What a strategy calls its signals, and how they are called here. */
const NAMES: Readonly<Record<SignalName, keyof HandMadeSignals>> = {
  enterLong: "entries",
  exitLong: "exits",
  enterShort: "shortEntries",
  exitShort: "shortExits",
  reduceLong: "reductions",
  reduceShort: "shortReductions",
  confidence: "confidence",
  volatility: "volatility",
  size: "sizes",
  exposure: "exposures",
};

/** Refuses what is no signal, and shorts that only end. */
export function checkHandMade(given: HandMadeSignals): void {
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
  if (given.shortEntries === undefined && given.shortExits !== undefined) {
    throw new InputError("shortExits are given, but no shortEntries: nothing would be sold short");
  }
}

/** The signals by the names that strategies call them by. */
export function byStrategyName(given: HandMadeSignals): { [Name in SignalName]?: Mask } {
  return Object.fromEntries(SIGNAL_NAMES.map((name) => [name, given[NAMES[name]]]));
}

/** The signals as columns. Throws an `InputError` for one that does not fit the candles. */
export function handMadeColumns(
  given: HandMadeSignals,
  rows: Rows,
): Omit<Signals, "distances"> {
  const steers = given.exposures !== undefined;
  const columns = signalColumns((name, { type, absent }) => {
    const own = NAMES[name], mask = given[own];
    if (mask === undefined && (name !== "enterLong" || steers)) {
      return new Float64Array(rows.length).fill(absent);
    }
    const column = type === "boolean" ? maskColumn : numberColumn;
    return column(mask!, own, rows);
  });
  return { ...columns, steers };
}
