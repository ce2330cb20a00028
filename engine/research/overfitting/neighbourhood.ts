import type { ParameterValues } from "../../series/scalars.ts";
import { betterWay, type SweepNumber } from "../sweep/numbers.ts";
import type { SweepResult } from "../sweep/sweep_result.ts";

/** How the sets beside the best one do: those that differ from it by one step of one parameter. */
export interface Neighbourhood {
  /** How many there are: two for each parameter, or one at an edge. */
  count: number;
  /** The least good and the middle one of their numbers; NaN if there are none. */
  least: number;
  median: number;
}

/** The next lower and the next higher value of one parameter, and the sets that have them. */
interface Beside {
  lower: number;
  lowerSet: number;
  higher: number;
  higherSet: number;
}

/**
 * The neighbourhood of a set: where it is a good deal worse than the set, the set is a lucky point rather than
 * part of something. Parameters that are texts have no neighbours. It goes by the Sharpe ratio, a year, unless
 * another number is named.
 */
export function neighbourhood(
  found: SweepResult,
  set: number,
  by: SweepNumber = "sharpe",
): Neighbourhood {
  const ratios = found.column(by), way = betterWay(by);
  const near = neighbours(found, set).map((at) => ratios[at]).sort((a, b) => way * (a - b));
  const middle = (near.length - 1) / 2;
  const median = (near[Math.floor(middle)] + near[Math.ceil(middle)]) / 2;
  return { count: near.length, least: near[0] ?? NaN, median };
}

/** The sets, by their numbers, that differ from one by a step of one parameter. */
export function neighbours(found: SweepResult, set: number): number[] {
  const { sets, length } = found, own = sets.at(set), names = sets.names.filter(isNumber(own));
  const beside = new Map<string, Beside>();
  for (const name of names) {
    beside.set(name, { lower: -Infinity, lowerSet: -1, higher: Infinity, higherSet: -1 });
  }
  for (let other = 0; other < length; other++) note(sets.at(other), other, own, sets.names, beside);
  return [...beside.values()].flatMap(({ lowerSet, higherSet }) => [lowerSet, higherSet])
    .filter((at) => at >= 0);
}

const isNumber = (values: ParameterValues) => (name: string) => typeof values[name] === "number";

function note(
  values: ParameterValues,
  set: number,
  own: ParameterValues,
  names: readonly string[],
  beside: Map<string, Beside>,
): void {
  let changed: string | undefined;
  for (const name of names) {
    if (values[name] === own[name]) continue;
    if (changed !== undefined) return;
    changed = name;
  }
  const found = changed === undefined ? undefined : beside.get(changed);
  if (found === undefined) return;
  const value = Number(values[changed!]), from = Number(own[changed!]);
  if (value < from && value > found.lower) [found.lower, found.lowerSet] = [value, set];
  if (value > from && value < found.higher) [found.higher, found.higherSet] = [value, set];
}
