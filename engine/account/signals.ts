import type { CandleColumns } from "../market/candles.ts";
import type { Distances } from "./stop_rules.ts";

/** A column that a strategy may give, as it is declared, once. */
export interface SignalRule {
  type: "boolean" | "number";
  /** What its rows hold where the strategy does not give it. */
  absent: number;
  /** Whether it closes or sizes a part of a position, which rebalancing would undo. */
  inParts?: true;
  description: string;
}

const condition = (description: string) => ({ type: "boolean", absent: 0, description } as const);

/** Every column that an account decides by. */
export const SIGNALS = {
  enterLong: condition("When to buy"),
  exitLong: condition("When to sell what was bought"),
  enterShort: condition("When to sell short"),
  exitShort: condition("When to buy back what was sold short"),
  reduceLong: {
    ...condition("When to sell a part of what was bought: reducePart of it"),
    inParts: true,
  },
  reduceShort: {
    ...condition("When to buy back a part of what was sold short: reducePart of it"),
    inParts: true,
  },
  confidence: {
    type: "number",
    absent: NaN,
    description:
      "How sure the strategy is, 0 to 1: recorded with each signal, changes nothing else",
  },
  volatility: {
    type: "number",
    absent: NaN,
    description: "Standard deviation of a candle's return, as a fraction: what account.sizing " +
      "volatility goes by",
  },
  size: {
    type: "number",
    absent: -1,
    inParts: true,
    description:
      "What an entry takes in the place of account.size, in the terms of account.sizing; " +
      "entries are refused where it is unknown or not above 0, but -1 stands for account.size",
  },
  exposure: {
    type: "number",
    absent: NaN,
    description:
      "How much of equity is to be held, -1 (short) to 1 (long), times account.size: in the " +
      "place of entries and exits. Unknown changes nothing, 0 closes, and what is off it by no more " +
      "than account.rebalanceThreshold stays; a spot account holds nothing where it is negative",
  },
} as const satisfies Record<string, SignalRule>;

export type SignalName = keyof typeof SIGNALS;

export const SIGNAL_NAMES = Object.keys(SIGNALS) as readonly SignalName[];

const RULES: Readonly<Record<SignalName, SignalRule>> = SIGNALS;

/** The columns that close or size a part of a position. */
export const SIGNALS_IN_PARTS = SIGNAL_NAMES.filter((name) => RULES[name].inParts);

/**
 * The columns that a strategy decides with. Conditions: 1 is true; 0 and NaN (unknown) are not.
 * Numbers are NaN where the strategy does not say.
 */
export type Signals = { [Name in SignalName]: Float64Array } & {
  /** Stops that are series. */
  distances?: Distances;
  bars?: Bars;
  /** Whether it is exposure that a strategy gives, so that any row may ask for something. */
  steers?: boolean;
  /** The column of conditions that a strategy does not give: nobody has to look whether it fires. */
  never?: Float64Array;
};

/**
 * A strategy's own candles, where they are longer than those that the account steps on. It decides, and
 * what it counts in candles counts, where one of them closes: conditions fire there alone. Prices are
 * gone by on every row.
 */
export interface Bars {
  /** 1 on the rows that close one, 0 on the others. */
  closes: Float64Array;
  /** The volume of the last one that closed. */
  volume: Float64Array;
}

/** The volume of the strategy's last closed candle on row `i` of the candles, `at` of the signals. */
export function volumeAt(
  { volume }: Pick<CandleColumns, "volume">,
  i: number,
  { bars }: Signals,
  at: number,
): number {
  return bars === undefined ? volume[i] : bars.volume[at];
}

/** A column for each signal, made by `column`. */
export function signalColumns(column: (name: SignalName, rule: SignalRule) => Float64Array) {
  return Object.fromEntries(
    SIGNAL_NAMES.map((name) => [name, column(name, SIGNALS[name])]),
  ) as { [Name in SignalName]: Float64Array };
}
