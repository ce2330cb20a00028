import { InputError } from "../../market/errors.ts";
import type { ParameterValues } from "../../series/scalars.ts";
import type { Axes, ParameterSets } from "./axes.ts";

/** For each set that is wanted so many points are looked at: of a space that allows hardly any, not all are found. */
const LOOKS = 200;

/** `count` different sets of what `point` gives that are allowed. */
export function sampledSets(
  axes: Axes,
  count: number,
  point: () => ArrayLike<number>,
): ParameterSets {
  const chosen = new Map<string, number[]>();
  for (let looks = 0; chosen.size < count && looks < LOOKS * count; looks++) {
    const places = axes.placesOf(point()), key = places.join();
    if (!chosen.has(key) && axes.allows(axes.set(places))) chosen.set(key, places);
  }
  if (chosen.size === 0) throw axes.noneLeft();
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
): ParameterSets {
  if (sets.length === 0) throw new InputError("A search has at least one set");
  return { names, length: sets.length, at: (set) => sets[set] };
}
