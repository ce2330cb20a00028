import { counted } from "../../market/counted.ts";
import { InputError } from "../../market/errors.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import { type Strategy, valuesFor } from "../../strategy/strategy.ts";
import type { Random } from "../seeded_random.ts";
import { type Allows, Axes, type ParameterSets, type ParameterSpace } from "./axes.ts";
import { checkDrawn, isVast, looksFor, sampledSets } from "./sampled_sets.ts";

export type { Allows, ParameterSets, ParameterSpace } from "./axes.ts";

/** Allows every set that the strategy does. */
export const anySet: Allows = () => true;

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
  const axes = new Axes(strategy, space, allows, false);
  return { ...allowedOf(axes), method: "grid" };
}

/** All sets of some axes that are allowed. Throws an `InputError` if none is. */
export function allowedOf(axes: Axes): ParameterSets {
  return allOf(new Grid(axes));
}

/** `count` of all sets that are allowed, chosen by `random`; where there are no more, all, which is said of them. */
export function someAllowed(axes: Axes, count: number, random: Random): ParameterSets {
  const some = someOf(allowedOf(axes), count, random), note = fewerNote(some.length, count);
  return { ...some, ...(note !== undefined && { note }) };
}

/** What is said of sets that are fewer than were asked for; undefined if they are as many. */
export function fewerNote(found: number, count: number, mayBeMore = false): string | undefined {
  if (found >= count) return undefined;
  const only = `${counted(count)} sets were asked for, and only ${counted(found)}`;
  return mayBeMore
    ? `${only} could be found: in so large a space more are too rare to be met`
    : `${only} may be tried: there are no more`;
}

/** All places of a grid that are allowed. */
function allOf(grid: Grid): ParameterSets {
  // Of a large grid that allows few, no more is held than these.
  let allowed = new Uint32Array(Math.min(grid.size, 1_024)), length = 0;
  for (let place = 0; place < grid.size; place++) {
    if (!grid.allows(place)) continue;
    if (length === allowed.length) allowed = grown(allowed, grid.size);
    allowed[length++] = place;
  }
  if (length === 0) throw grid.noneLeft();
  return { names: grid.names, length, at: (set) => grid.at(allowed[set]) };
}

function grown(places: Uint32Array, most: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(Math.min(2 * places.length, most));
  more.set(places);
  return more;
}

/**
 * `count` different combinations of a space that the strategy allows, chosen by `random`; all of them if
 * there are no more. A range such as "0.5..3" of a parameter that is no whole number has all values between. They come in the grid's order, so that neighbours have much in common.
 * Throws an `InputError` where a space is too large to be looked at as a whole (more than a million
 * combinations) and what is allowed of it is too little to be met by chance.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import smaCross from "../../../strategies/sma_cross.ts";
 * import { seededRandom } from "../seeded_random.ts";
 *
 * const sets = randomSets(smaCross, { fast: "2..500", slow: "2..500" }, 3, seededRandom(1));
 * assert.equal(sets.length, 3);
 * assert(sets.at(0).fast < sets.at(0).slow); // as the strategy's where has it
 * ```
 */
export function randomSets(
  strategy: Strategy,
  space: ParameterSpace,
  count: number,
  random: Random,
  allows: Allows = anySet,
): ParameterSets {
  checkCount(count);
  const axes = new Axes(strategy, space, allows, true);
  // Too many to be numbered: each parameter is drawn by itself.
  if (axes.size > MOST_SETS) {
    return { ...sampledSets(axes, count, () => axes.names.map(random)), method: "random" };
  }
  const grid = new Grid(axes);
  if (count >= grid.size) return { ...someAllowed(axes, count, random), method: "random" };
  checkDrawn(count);
  const chosen = new Set<number>(), most = looksFor(axes, count);
  // Where most places are allowed few draws are wasted; where hardly any is, all are looked at.
  for (let draws = 0; chosen.size < count && draws < most; draws++) {
    const place = Math.floor(random() * grid.size);
    if (!chosen.has(place) && grid.allows(place)) chosen.add(place);
  }
  if (chosen.size < count) {
    if (isVast(axes)) throw axes.tooFew(chosen.size, count, most);
    return { ...someAllowed(axes, count, random), method: "random" };
  }
  const places = [...chosen].sort((a, b) => a - b);
  const at = (set: number) => grid.at(places[set]);
  return { names: grid.names, length: count, method: "random", at };
}

/** `count` of some sets, chosen by `random`, in their order; all if there are no more. */
function someOf(sets: ParameterSets, count: number, random: Random): ParameterSets {
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
  return { names, length: sets.length, method: "list", at: (set) => sets[set] };
}

/** The combinations of a space by their place, whether the strategy allows them or not. */
class Grid {
  readonly names: readonly string[];
  readonly size: number;
  private readonly counts: number[];

  constructor(private readonly axes: Axes) {
    this.names = axes.names;
    this.size = axes.size;
    this.counts = axes.counts;
    if (this.size > MOST_SETS) {
      throw new InputError(
        `These are ${this.size} combinations; ${MOST_SETS} are the most: try fewer values, or a random search`,
      );
    }
  }

  at(place: number): ParameterValues {
    const places = this.counts.map(() => 0);
    for (let i = places.length - 1, rest = place; i >= 0; i--) {
      places[i] = rest % this.counts[i];
      rest = Math.floor(rest / this.counts[i]);
    }
    return this.axes.set(places);
  }

  noneLeft(): InputError {
    return this.axes.noneLeft();
  }

  allows(place: number): boolean {
    return this.axes.allows(this.at(place));
  }
}

/** Refuses what is no number of sets to try. */
export function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new InputError(`A search takes a whole number of sets, 1 or more, not ${count}`);
}
