import { counted } from "../../market/counted.ts";
import { InputError } from "../../market/errors.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import type { Axes, ParameterSets } from "./axes.ts";

/** The most combinations that are all looked at to find sets by chance: a few seconds. */
const MOST_LOOKED_AT = 2 ** 20;

/**
 * For each set that is wanted so many places are looked at; as many as `FEWEST_LOOKS` in all where the
 * space cannot be looked at as a whole.
 */
const LOOKS = 200, FEWEST_LOOKS = 300_000;

/** The most different sets that are drawn: no more fit into a `Map`. */
const MOST_DRAWN = 2 ** 24;

/** Whether a space has too many combinations to look at each. */
export function isVast({ size }: Axes): boolean {
  return size > MOST_LOOKED_AT;
}

/** How many places of a space are looked at to find so many sets. */
export function looksFor(axes: Axes, count: number): number {
  return Math.max(isVast(axes) ? FEWEST_LOOKS : 0, LOOKS * count);
}

/** Throws an `InputError` for more sets than can be told apart. */
export function checkDrawn(count: number): void {
  if (count <= MOST_DRAWN) return;
  throw new InputError(
    `A search draws at most ${counted(MOST_DRAWN)} sets from so large a space, not ${
      counted(count)
    }`,
  );
}

/**
 * `count` different sets of what `point` gives that are allowed; fewer where hardly any is. Throws an
 * `InputError` where fewer are found in a vast space.
 */
export function sampledSets(
  axes: Axes,
  count: number,
  point: () => ArrayLike<number>,
): ParameterSets {
  checkDrawn(count);
  const chosen = new Map<string, number[]>(), most = looksFor(axes, count);
  for (let looks = 0; chosen.size < count && looks < most; looks++) {
    const places = axes.placesOf(point()), key = places.join();
    if (!chosen.has(key) && axes.allows(axes.set(places))) chosen.set(key, places);
  }
  if (chosen.size < count && isVast(axes)) throw axes.tooFew(chosen.size, count, most);
  const sorted = [...chosen.values()].sort((a, b) => {
    const i = a.findIndex((place, i) => place !== b[i]);
    return a[i] - b[i];
  });
  return { names: axes.names, length: sorted.length, at: (set) => axes.set(sorted[set]) };
}

/** Sets that were put together one by one. */
export function madeSets(
  names: readonly string[],
  sets: readonly ParameterValues[],
  note?: string,
): ParameterSets {
  if (sets.length === 0) throw new InputError("A search has at least one set");
  return {
    names,
    ...(note !== undefined && { note }),
    length: sets.length,
    at: (set) => sets[set],
  };
}
