import type { NumberRule } from "./rule.ts";
import type { AccountState } from "./state.ts";

/** A stop as it is declared, once: what strategies, configs and hand-made signals may say of it. */
export interface StopRule {
  rule: NumberRule;
  /** Whether it may be a series of price distances, such as 2 × ATR, instead of a number. */
  distance: boolean;
  /** Where the account remembers the distance of the row of the decision, if it goes by that. */
  noted?: keyof AccountState;
  /** Whether it closes no position by itself: nothing has to be watched for it. */
  passive?: true;
  /** Whether it closes or adds a part of a position, which rebalancing would undo. */
  inParts?: true;
  description: string;
}

// A price cannot fall by all of itself or more, so such a stop would never be reached.
const LOSS = {
  type: "number",
  above: 0,
  below: 1,
  allowed: "a fraction of the entry price, above 0 and below 1",
} as const;

const GAIN = {
  type: "number",
  above: 0,
  allowed: "a fraction of the entry price, above 0",
} as const;

const OFF = {
  type: "number",
  above: 0,
  below: 1,
  allowed: "a fraction of the close, above 0 and below 1",
} as const;

const PART = {
  type: "number",
  above: 0,
  below: 1,
  allowed: "a fraction of what is held, above 0 and below 1",
} as const;

const COUNT = {
  type: "number",
  min: 1,
  whole: true,
  allowed: "a whole number of candles, 1 or more",
} as const;

/**
 * Every order that waits for a price, stops and entries, and how a position is built up and taken down.
 * A number is a fraction: of the close that an entry is decided on, for entries; for stops of the entry
 * price, slippage included; of the best price since for a trailing stop. A series is a distance in price.
 * Its value on the row of the decision holds for the position (a trailing stop goes by its value on each
 * row); where that is unknown or not above 0 the entry is refused, as it would stand without its stop.
 *
 * Where a position is added to, every entry brings its stop and the nearest one holds for all of it (as
 * in the rules of the Turtle Traders); targets and break-even go by the average price and the distances
 * of the last entry, but for targets that were reached already.
 */
export const STOPS = {
  stopLoss: {
    rule: LOSS,
    distance: true,
    noted: "stopDistance",
    description: "Closes a position that lost this fraction of the entry price (or price distance)",
  },
  takeProfit: {
    rule: GAIN,
    distance: true,
    noted: "targetDistance",
    description: "Closes a position that gained this fraction of the entry price (or distance)",
  },
  trailingStop: {
    rule: LOSS,
    distance: true,
    noted: "trailDistance",
    description: "Closes a position that fell this fraction below its best price (or distance); " +
      "the level moves at each candle's close, and only in the position's favour",
  },
  breakEven: {
    rule: GAIN,
    distance: true,
    noted: "evenDistance",
    description: "Moves the stop to the entry price at the close of the first candle that gained " +
      "this fraction of it (or price distance)",
  },
  timeStop: {
    rule: COUNT,
    distance: false,
    description:
      "Closes a position, as an exit signal does, when it has been held for so many candles",
  },
  firstTarget: {
    rule: GAIN,
    distance: true,
    noted: "firstDistance",
    inParts: true,
    description:
      "Closes firstPart of a position, once, when it gained this fraction of the entry " +
      "price (or distance); takeProfit closes all of it",
  },
  firstPart: {
    rule: PART,
    distance: false,
    passive: true,
    description: "The fraction of what is held that firstTarget closes, half by default; rounded " +
      "down to the lot",
  },
  secondTarget: {
    rule: GAIN,
    distance: true,
    noted: "secondDistance",
    inParts: true,
    description: "As firstTarget, for a second part",
  },
  secondPart: {
    rule: PART,
    distance: false,
    passive: true,
    description: "The fraction of what is still held that secondTarget closes, half by default",
  },
  reducePart: {
    rule: PART,
    distance: false,
    passive: true,
    description:
      "The fraction of what is held that the signals reduceLong and reduceShort close, half by " +
      "default",
  },
  maxEntries: {
    rule: { ...COUNT, allowed: "a whole number of entries, 1 or more" },
    distance: false,
    passive: true,
    inParts: true,
    description: "Entries of its own side that a position takes in all, 1 by default: the second " +
      "and further ones add to it, at the market, so it does not go with limitEntry or stopEntry. " +
      "Each needs cash that those before left: a size of 1 leaves none",
  },
  limitEntry: {
    rule: OFF,
    distance: true,
    passive: true,
    description:
      "Entries wait for a price that is better than the close by this fraction of it (or " +
      "price distance), and are filled there, or at an open beyond; for one candle, unless " +
      "timeInForce says longer. What waited is filled as a maker; what the first open is beyond already " +
      "takes what is offered there, as a market order does, at no price worse than its own. Not with " +
      "stopEntry or maxEntries",
  },
  stopEntry: {
    rule: OFF,
    distance: true,
    passive: true,
    description:
      "Entries wait for a price that has gone on by this fraction of the close (or price " +
      "distance), and are filled there, or at an open beyond; as limitEntry besides. Not with " +
      "limitEntry or maxEntries",
  },
  timeInForce: {
    rule: COUNT,
    distance: false,
    passive: true,
    description:
      "Candles for which a limitEntry or stopEntry waits, 1 by default; then it is given up",
  },
} as const satisfies Record<string, StopRule>;

export type StopName = keyof typeof STOPS;

const RULES: Readonly<Record<StopName, StopRule>> = STOPS;

/** Every stop, in the order of the table. */
export const STOP_NAMES = Object.keys(STOPS) as readonly StopName[];

/** The stops that may close a position by themselves, so that each candle has to be looked at. */
export const ACTIVE_STOPS = STOP_NAMES.filter((name) => !RULES[name].passive);

/** The stops that close or add a part of a position. */
export const STOPS_IN_PARTS = STOP_NAMES.filter((name) => RULES[name].inParts);

/** The stops that may be series. */
export type DistanceName = {
  [Name in StopName]: typeof STOPS[Name]["distance"] extends true ? Name : never;
}[StopName];

/** Where a position is closed without a signal, as numbers; `STOPS` says what each means. */
export type Stops = { [Name in StopName]?: number };

/** Stops that are series: one distance in price a row. */
export type Distances = { readonly [Name in DistanceName]?: Float64Array };

/** A stop that may be a series, and where its distance is remembered. */
export interface NotedStop {
  name: DistanceName;
  slot: keyof AccountState;
}

/** The stops whose distance is that of the row of the decision. */
export const NOTED_STOPS: readonly NotedStop[] = STOP_NAMES.flatMap((name) => {
  const { noted: slot } = RULES[name];
  return slot === undefined ? [] : [{ name: name as DistanceName, slot }];
});

/** The columns of the stops that are series; `undefined` if none is. */
export function distanceColumns(
  column: (name: DistanceName) => Float64Array | undefined,
): Distances | undefined {
  const names = STOP_NAMES.filter((name) => RULES[name].distance);
  const given = names.map((name) => [name, column(name as DistanceName)] as const)
    .filter(([, values]) => values !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** No stop is a series. */
export const NO_DISTANCES: Distances = {};
