import type { Strategy } from "../../strategy/strategy.ts";
import type { Random } from "../seeded_random.ts";
import { type Allows, Axes, type ParameterSets, type ParameterSpace } from "./axes.ts";
import { anySet, checkCount, someAllowed } from "./parameter_sets.ts";
import { sampledSets } from "./sampled_sets.ts";
import { sobolPoints } from "./sobol.ts";

/**
 * `count` different sets of a space that the strategy allows, spread evenly over it by Sobol's sequence,
 * which `random` shifts: fewer sets than by chance come as near to any one. A range such as "0.5..3" of a
 * parameter that is no whole number has all values between. All sets if there are no more;
 * where hardly any is allowed, some of these by chance. They come in the grid's order, so that neighbours have much in common.
 * Throws an `InputError` as `randomSets` does.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import smaCross from "../../../strategies/sma_cross.ts";
 * import { seededRandom } from "../seeded_random.ts";
 *
 * const sets = sobolSets(smaCross, { fast: "5..20", slow: "21..200" }, 8, seededRandom(1));
 * const eighths = Array.from({ length: 8 }, (_, i) => Math.floor((Number(sets.at(i).fast) - 5) / 2));
 * assert.deepEqual(eighths, [0, 1, 2, 3, 4, 5, 6, 7]); // one of each two windows
 * ```
 */
export function sobolSets(
  strategy: Strategy,
  space: ParameterSpace,
  count: number,
  random: Random,
  allows: Allows = anySet,
): ParameterSets {
  checkCount(count);
  const axes = new Axes(strategy, space, allows, true);
  if (axes.size <= count) return { ...someAllowed(axes, count, random), method: "sobol" };
  const point = sobolPoints(axes.names.length, random);
  const found = sampledSets(axes, count, point);
  if (found.length === count) return { ...found, method: "sobol" };
  return { ...someAllowed(axes, count, random), method: "sobol" };
}
