import { isPlainObject } from "../../market/check_options.ts";
import { describeValue } from "../../market/describe_value.ts";
import { InputError } from "../../market/errors.ts";
import { type ParameterValues, scalarNumber } from "../../series/scalars.ts";
import { parameterValues } from "../../strategy/parameters.ts";
import { type Strategy, valuesFor } from "../../strategy/strategy.ts";
import type { Random } from "../seeded_random.ts";
import { type ParameterRange, rangeValues } from "./parameter_values.ts";

/** Values to try, by parameter; parameters that are not named keep their defaults. */
export type ParameterSpace = Readonly<Record<string, ParameterRange>>;

/** Sets of parameter values, each allowed by the strategy. They are made when they are asked for. */
export interface ParameterSets {
  /** The parameters that differ from set to set, or may. */
  readonly names: readonly string[];
  readonly length: number;
  at(set: number): ParameterValues;
}

/** Whether a set is to be tried, besides what the strategy says. */
export type Allows = (set: ParameterValues) => boolean;

const anySet: Allows = () => true;

/** The most sets of a search. */
const MOST_SETS = 2 ** 32 - 1;

/**
 * All combinations of the values of a space that the strategy and `allows` allow, the last parameter changing
 * fastest. Throws an `InputError` for a parameter that there is not, a value that it may not have, and
 * where nothing is left.
 */
export function gridSets(
  strategy: Strategy,
  space: ParameterSpace,
  allows: Allows = anySet,
): ParameterSets {
  const grid = new Grid(strategy, space, allows), allowed = new Uint32Array(grid.size);
  let length = 0;
  for (let place = 0; place < grid.size; place++) {
    if (grid.allows(place)) allowed[length++] = place;
  }
  if (length === 0) throw noneLeft(strategy);
  return { names: grid.names, length, at: (set) => grid.at(allowed[set]) };
}

/**
 * `count` different combinations of a space that the strategy allows, chosen by `random`; all of them if
 * there are no more. They come in the grid's order, so that neighbours have much in common.
 */
export function randomSets(
  strategy: Strategy,
  space: ParameterSpace,
  count: number,
  random: Random,
  allows: Allows = anySet,
): ParameterSets {
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new InputError(`A random search takes a whole number of sets, 1 or more, not ${count}`);
  }
  const grid = new Grid(strategy, space, allows), chosen = new Set<number>();
  // Where most places are allowed few draws are wasted; where hardly any is, all are looked at.
  for (let draws = 0; chosen.size < count && draws < 50 * count; draws++) {
    const place = Math.floor(random() * grid.size);
    if (!chosen.has(place) && grid.allows(place)) chosen.add(place);
  }
  if (chosen.size < count) return firstOf(gridSets(strategy, space, allows), count, random);
  const places = [...chosen].sort((a, b) => a - b);
  return { names: grid.names, length: count, at: (set) => grid.at(places[set]) };
}

/** `count` of some sets, chosen by `random`, in their order. */
function firstOf(sets: ParameterSets, count: number, random: Random): ParameterSets {
  const places = Uint32Array.from({ length: sets.length }, (_, i) => i);
  const length = Math.min(count, places.length);
  for (let i = 0; i < length; i++) {
    const other = i + Math.floor(random() * (places.length - i));
    [places[i], places[other]] = [places[other], places[i]];
  }
  const kept = places.slice(0, length).sort();
  return { names: sets.names, length, at: (set) => sets.at(kept[set]) };
}

/** Sets that are given one by one; each is checked, with defaults for what it leaves out. */
export function listSets(strategy: Strategy, list: readonly ParameterValues[]): ParameterSets {
  if (list.length === 0) throw new InputError("A list of sets of parameters has at least one");
  const sets = list.map((values, i) => valuesFor(strategy, values, `params[${i}]`));
  const names = Object.keys(strategy.parameters);
  return { names, length: sets.length, at: (set) => sets[set] };
}

/** The combinations of a space by their place, whether the strategy allows them or not. */
class Grid {
  readonly names: readonly string[];
  readonly size: number;
  private readonly values: (number | string)[][];
  private readonly defaults: ParameterValues;

  constructor(
    private readonly strategy: Strategy,
    space: ParameterSpace,
    private readonly isWanted: Allows,
  ) {
    if (!isPlainObject(space) || Object.keys(space).length === 0) {
      throw new InputError(
        `A search needs values to try, such as { fast: "5..50", slow: "20..200:5" }, and not ` +
          describeValue(space),
      );
    }
    const { parameters } = strategy;
    this.names = Object.keys(space);
    this.defaults = parameterValues(parameters, {}, "params");
    this.values = this.names.map((name) => {
      const values = rangeValues(space[name], `params.${name}`);
      for (const value of values) parameterValues(parameters, { [name]: value }, "params");
      return values;
    });
    this.size = this.values.reduce((size, { length }) => size * length, 1);
    if (this.size > MOST_SETS) {
      throw new InputError(
        `These are ${this.size} combinations; ${MOST_SETS} are the most: try fewer values, or a random search`,
      );
    }
  }

  at(place: number): ParameterValues {
    const set: Record<string, number | string> = { ...this.defaults };
    for (let i = this.names.length - 1, rest = place; i >= 0; i--) {
      const values = this.values[i];
      set[this.names[i]] = values[rest % values.length];
      rest = Math.floor(rest / values.length);
    }
    return set;
  }

  allows(place: number): boolean {
    const { where } = this.strategy, set = this.at(place);
    return this.isWanted(set) && (where === undefined || scalarNumber(where, set, "where") === 1);
  }
}

function noneLeft({ name }: Strategy): InputError {
  return new InputError(`${name} allows none of these combinations (see its "where")`);
}
