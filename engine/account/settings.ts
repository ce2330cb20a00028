import type { ChoiceRule, FlagRule, NumberRule, Rule } from "./rule.ts";

/** A setting as it is declared, once: the config's schema, checks and flags follow from it. */
export interface Setting<T> {
  default: T;
  rule: Rule;
  /** What it is, for readers of the schema. */
  description: string;
}

function number<T extends number | undefined>(
  byDefault: T,
  rule: Omit<NumberRule, "type">,
  description: string,
): Setting<number | T> {
  return { default: byDefault, rule: { type: "number", ...rule }, description };
}

function choice<T extends string>(
  byDefault: T,
  options: readonly T[],
  description: string,
): Setting<T> {
  const rule: ChoiceRule = { type: "choice", options, allowed: options.join(" or ") };
  return { default: byDefault, rule, description };
}

function flag(byDefault: boolean, description: string): Setting<boolean> {
  const rule: FlagRule = { type: "flag", allowed: "true or false" };
  return { default: byDefault, rule, description };
}

/** A setting that an instrument's market decides, so that it may differ between those of a portfolio. */
function ofMarket<T>(setting: Setting<T>): Setting<T> & { ofMarket: true } {
  return { ...setting, ofMarket: true };
}

/** What every config says of its account. Ratios are fractions; money is in the quote currency. */
export const PLAIN_SETTINGS = {
  balance: number(
    10_000,
    { above: 0, allowed: "an amount above 0" },
    "Cash at the start, in the quote currency",
  ),
  fee: ofMarket(number(
    0.001,
    { min: 0, below: 1, allowed: "a fraction from 0 to below 1" },
    "Fee on the notional of each side: 0.001 is 0.1 %",
  )),
  slippage: ofMarket(number(
    0,
    { min: 0, below: 1, allowed: "a fraction below 1" },
    "Fraction of the price by which market fills are worse",
  )),
  fill: choice<"next-open" | "close">(
    "next-open",
    ["next-open", "close"],
    "Where a decision is filled: at the next candle's open, or at the very close that it was taken " +
      "on (optimistic: nobody can trade on a price that is already past)",
  ),
  size: number(
    1,
    { above: 0, allowed: "above 0" },
    "What an entry takes: a fraction of equity, or what `sizing` says. 1 leaves nothing for a " +
      "further entry (`maxEntries`)",
  ),
  shorts: flag(
    false,
    "Whether it may sell short; spot accounts may not. Where it is not given, a config may not, and a " +
      "backtest may if its strategy sells short",
  ),
  lot: ofMarket(number(
    0,
    { min: 0, allowed: "an amount, or 0 for any" },
    "Amounts are rounded down to whole multiples of this; 0 leaves them as they are",
  )),
};

const RATE = { min: 0, below: 1, allowed: "a fraction from 0 to below 1" };
const LIMIT = { above: 0, below: 1, allowed: "a fraction above 0 and below 1" };
const COUNT = { min: 1, whole: true, allowed: "a whole number of 1 or more" };

/** What a config may say besides; where it does not, an account does without. */
export const FURTHER_SETTINGS = {
  makerFee: ofMarket(number(
    undefined,
    RATE,
    "Fee on the notional of limit orders that were waiting (targets, and a limitEntry but where the first " +
      "open is beyond it already); by default `fee`",
  )),
  fixedFee: ofMarket(number(
    0,
    { min: 0, allowed: "an amount of 0 or more" },
    "Fee of each fill besides, whatever its size, in the quote currency",
  )),
  spread: ofMarket(
    number(0, RATE, "Fraction of the price between bid and ask: market fills pay half of it"),
  ),
  impact: ofMarket(number(
    0,
    { min: 0, allowed: "a fraction of 0 or more" },
    "Fraction by which a market fill is worse if it is as large as the last closed candle's volume; " +
      "smaller ones in proportion, larger ones no more",
  )),
  stopSlippage: ofMarket(number(
    undefined,
    RATE,
    "Fraction by which fills of stops are worse, instead of slippage and half the spread",
  )),
  sizing: choice<"fraction" | "quote" | "units" | "risk" | "volatility">(
    "fraction",
    ["fraction", "quote", "units", "risk", "volatility"],
    "What `size` is: a fraction of equity; an amount of the quote currency, fees included; units of " +
      "the base currency; the fraction of equity that is lost if the stop is reached, fees aside; or " +
      "the deviation of equity's return a candle, by the strategy's `volatility`. The last two take " +
      "all of the equity at most, and risk needs a stopLoss or trailingStop to go by. With leverage, " +
      "what the first two take is the margin",
  ),
  tick: ofMarket(number(
    0,
    { min: 0, allowed: "a price step, or 0 for any" },
    "Prices at which orders wait are whole multiples of this, rounded away from the market; market " +
      "fills are averages and are not; 0 leaves them as they are",
  )),
  minNotional: ofMarket(number(
    0,
    { min: 0, allowed: "an amount of 0 or more" },
    "Entries of less than this, in the quote currency, are refused",
  )),
  rebalanceThreshold: number(
    0.05,
    RATE,
    "Fraction of equity by which what is held must be off the strategy's exposure before it is brought " +
      "there; so an exposure of no more than this is not entered, and 0 closes whatever is held. Without " +
      "effect on strategies that enter and exit by conditions",
  ),
  fundingRate: number(
    0,
    { above: -1, below: 1, allowed: "a fraction above -1 and below 1" },
    "What longs pay to shorts at each funding time, as a fraction of the position at the candle's close " +
      "(negative: shorts to longs); rates given with the candles take its place",
  ),
  fundingHours: number(
    8,
    { above: 0, max: 24, allowed: "hours above 0, 24 at most" },
    "Hours from one payment of fundingRate to the next, counted from 1970: 8 is midnight, 08:00 and " +
      "16:00 UTC; without effect on rates given with the candles, which have times of their own",
  ),
  leverage: number(
    1,
    { min: 1, max: 1_000, allowed: "1 or more, 1000 at most" },
    "How many times what it takes of the cash a position may be: isolated margin, so above 1 " +
      "maintenanceMargin has to be said",
  ),
  maintenanceMargin: number(
    undefined,
    RATE,
    "Fraction of a position's worth below which its margin must not fall: it is liquidated there, " +
      "which takes all of its margin. Below 1 / leverage: else it would be liquidated at once",
  ),
  maxDrawdown: number(
    undefined,
    LIMIT,
    "Closes the position and ends all trading when equity closes this fraction below its peak",
  ),
  dailyLoss: number(
    undefined,
    LIMIT,
    "Closes the position when equity closes this fraction below the last close of the UTC day " +
      "before; nothing is opened until the day is over",
  ),
  cooldown: number(
    undefined,
    COUNT,
    "Closes that pass after a stop, the stop's own candle being the first, before an entry is " +
      "decided; without a stop, or leverage, it has no effect; in a portfolio of each instrument by " +
      "itself",
  ),
  maxTradesPerDay: number(
    undefined,
    COUNT,
    "Entries in a UTC day, after which none is opened; in a portfolio of each instrument by itself",
  ),
  maxLossesInRow: number(
    undefined,
    COUNT,
    "Trades lost one after the other, fees included, after which none is opened any more: it ends " +
      "trading for good; in a portfolio of each instrument by itself",
  ),
};

/** Every setting of an account. */
export const SETTINGS = { ...PLAIN_SETTINGS, ...FURTHER_SETTINGS };

/** The settings that an instrument's market decides. */
export type MarketSetting = {
  [Name in keyof typeof SETTINGS]: typeof SETTINGS[Name] extends { ofMarket: true } ? Name : never;
}[keyof typeof SETTINGS];

/** Their names. */
export const OF_MARKET = Object.entries(SETTINGS).filter(([, setting]) => "ofMarket" in setting)
  .map(([name]) => name) as readonly MarketSetting[];

type Values<T extends Record<string, Setting<unknown>>> = { [Name in keyof T]: T[Name]["default"] };

/** How an account trades: a value for each of `SETTINGS`, which says what it means. */
export type AccountSettings =
  & Values<typeof PLAIN_SETTINGS>
  & Partial<Values<typeof FURTHER_SETTINGS>>;

/** All settings, defaults in the place of those that were not given. */
export type AllSettings = Values<typeof SETTINGS>;

function defaults<T extends Record<string, Setting<unknown>>>(settings: T): Values<T> {
  const entries = Object.entries(settings).map(([name, setting]) => [name, setting.default]);
  return Object.fromEntries(entries) as Values<T>;
}

/** The settings of an account of which nothing is said. */
export const DEFAULT_ACCOUNT: AccountSettings = defaults(PLAIN_SETTINGS);

/** The settings with defaults for the rest. */
export function allSettings(given: AccountSettings): AllSettings {
  return { ...defaults(FURTHER_SETTINGS), ...given } as AllSettings;
}
