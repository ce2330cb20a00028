import { isPlainObject } from "../../market/check_options.ts";
import { counted } from "../../market/counted.ts";
import { describeValue } from "../../market/describe_value.ts";
import { InputError } from "../../market/errors.ts";
import { scalarHolds } from "../../series/scalar_holds.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { parameterValues } from "../../strategy/parameters.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import {
  MOST_LISTED,
  noRange,
  openRange,
  type ParameterRange,
  rangeSteps,
  rangeValues,
} from "./parameter_values.ts";

/** Values to try, by parameter; parameters that are not named keep their defaults. */
export type ParameterSpace = Readonly<Record<string, ParameterRange>>;

/** Sets of parameter values, each allowed by the strategy. They are made when they are asked for. */
export interface ParameterSets {
  /** The parameters that differ from set to set, or may. */
  readonly names: readonly string[];
  readonly length: number;
  /** How they were found. */
  readonly method?: string;
  /** What is to be said of them: that they are fewer than were asked for. */
  readonly note?: string;
  at(set: number): ParameterValues;
}

/** Whether a set is to be tried, besides what the strategy says. */
export type Allows = (set: ParameterValues) => boolean;

/** The values of one parameter, by their place. */
interface Axis {
  count: number;
  at(place: number): number | string;
  placeOf(value: number | string): number;
}

/** A continuous range is cut about so finely. */
const DIGITS = 6;

/** The values of a space, parameter by parameter, and the sets that they make. */
export class Axes {
  readonly names: readonly string[];
  /** How many sets there are, allowed or not. */
  readonly size: number;
  private readonly axes: readonly Axis[];
  private readonly defaults: ParameterValues;
  /** Whether any set was looked at that is wanted, and any that is not. */
  private readonly seen = { wanted: false, unwanted: false };

  /**
   * Where `isOpen`, "0.5..3" of a parameter that is no whole number has all values between, to about a
   * millionth of the way; otherwise it goes in steps of 1. Throws an `InputError` for a parameter that there
   * is not and a value that it may not have.
   */
  constructor(
    private readonly strategy: Strategy,
    space: ParameterSpace,
    private readonly isWanted: Allows,
    isOpen: boolean,
  ) {
    if (!isPlainObject(space) || Object.keys(space).length === 0) {
      throw new InputError(
        `A search needs values to try, such as { fast: "5..50", slow: "20..200:5" }, and not ` +
          describeValue(space),
      );
    }
    this.names = Object.keys(space);
    this.defaults = parameterValues(strategy.parameters, {}, "params");
    this.axes = this.names.map((name) => this.axis(name, space[name], isOpen));
    this.size = this.axes.reduce((size, { count }) => size * count, 1);
  }

  /** How many values each parameter has. */
  get counts(): number[] {
    return this.axes.map(({ count }) => count);
  }

  /** The set whose parameters have the values in these places. */
  set(places: readonly number[]): ParameterValues {
    const set: Record<string, number | string> = { ...this.defaults };
    for (let i = 0; i < places.length; i++) set[this.names[i]] = this.axes[i].at(places[i]);
    return set;
  }

  /** The places of a point whose coordinates, one for each parameter, are in [0, 1). */
  placesOf(point: ArrayLike<number>): number[] {
    return this.axes.map(({ count }, i) => Math.min(Math.floor(point[i] * count), count - 1));
  }

  /** A point whose places have the values of a set. */
  pointOf(set: ParameterValues): Float64Array {
    const inMiddle = ({ count, placeOf }: Axis, i: number) =>
      (placeOf(set[this.names[i]]) + 0.5) / count;
    return Float64Array.from(this.axes, inMiddle);
  }

  allows(set: ParameterValues): boolean {
    const { where } = this.strategy, isWanted = this.isWanted(set);
    this.seen[isWanted ? "wanted" : "unwanted"] = true;
    return isWanted && (where === undefined || scalarHolds(where, set));
  }

  /** What is said where too few are found among those that were looked at: whose condition it may be. */
  tooFew(found: number, count: number, looks: number): InputError {
    const { strategy: { name, where } } = this;
    const own = where === undefined ? [] : [`the "where" of ${name}`];
    const whose = this.seen.unwanted ? [...own, "the condition that you gave (--where)"] : own;
    return new InputError(
      `Found only ${counted(found)} of ${counted(count)} sets by looking at ${counted(looks)} of ` +
        `${counted(this.size)} combinations: ${whose.join(" and ")} ${
          whose.length === 1 ? "allows" : "allow"
        } too few of them. Try ranges of which more go together, or fewer sets`,
    );
  }

  /** What is said where none of them is left: whose condition it was. */
  noneLeft(): InputError {
    const { seen: { wanted, unwanted }, strategy: { name } } = this;
    if (!wanted) {
      return new InputError(
        "The condition that you gave (--where) allows none of these combinations",
      );
    }
    const which = unwanted ? "that your condition (--where) leaves " : "";
    return new InputError(`${name} allows none of these combinations ${which}(see its "where")`);
  }

  private axis(name: string, range: ParameterRange, isOpen: boolean): Axis {
    const { parameters } = this.strategy, path = `params.${name}`;
    const check = (value: number | string) =>
      void parameterValues(parameters, { [name]: value }, "params");
    const type = Object.hasOwn(parameters, name) ? parameters[name].type : undefined;
    const isNumber = type === "number" || type === "whole";
    const ends = isOpen && type === "number" ? openRange(range, path) : undefined;
    if (ends !== undefined) {
      ends.forEach(check);
      return between(...ends);
    }
    const long = isOpen && isNumber ? rangeSteps(range, path) : undefined;
    if (long !== undefined && long.count > MOST_LISTED) {
      // Of even steps all between the first two and the last are what these are.
      [0, 1, long.count - 1].forEach((place) => check(long.at(place)));
      return long;
    }
    const values = rangeValues(range, path);
    if (
      typeof range === "string" && isNumber && values.some((value) => typeof value !== "number")
    ) {
      throw noRange(range, path);
    }
    values.forEach(check);
    const places = new Map(values.map((value, place) => [value, place]));
    const placeOf = (value: number | string) => places.get(value)!;
    return { count: values.length, at: (place) => values[place], placeOf };
  }
}

/** Decimals between two numbers, so fine that they are as good as all numbers, and can be read. */
function between(from: number, to: number): Axis {
  let scale = 10 ** Math.max(0, Math.ceil(DIGITS - Math.log10(to - from)));
  while (Math.max(Math.abs(from), Math.abs(to)) * scale > 2 ** 52) scale /= 10;
  const start = Math.ceil(from * scale), end = Math.floor(to * scale);
  const placeOf = (value: number | string) => Math.round(Number(value) * scale) - start;
  return { count: end - start + 1, at: (place) => (start + place) / scale, placeOf };
}
