import type { Random } from "../seeded_random.ts";

/** What is to be looked for, in a cube whose coordinates are in [0, 1). */
export interface Evolution {
  dimensions: number;
  /** How many different points are tried, if there are so many. */
  count: number;
  random: Random;
  /** Points to begin with, and to go on with where nothing new comes of those there are. */
  fresh: () => Float64Array;
  /** Further ones, where these are hardly ever to be tried; undefined when there are no more. */
  rest: () => Float64Array | undefined;
  /** What a point is known by; undefined if it is not to be tried. */
  known(point: Float64Array): string | undefined;
  /** What points are worth, the more the better; an unknown one (NaN) is the worst. Each is asked for once. */
  worth(points: readonly Float64Array[]): Promise<Float64Array>;
}

/** So often a point that was not tried yet is looked for. */
const LOOKS = 100;

/** The part of the coordinates that comes from others rather than from the parent. */
const CROSSED = 0.9;

/**
 * Differential evolution: each point of a population is challenged by one that is made of three others, the first
 * plus half to all of the difference of the second and third, and gives way to it if it is no worse. So it
 * moves as far as the population is wide, in the directions in which it is.
 *
 * Source: R. Storn and K. Price, "Differential Evolution", Journal of Global Optimization 11, 1997
 * (DE/rand/1/bin, its factor drawn anew each time).
 */
export async function evolve(evolution: Evolution): Promise<void> {
  const { dimensions, count, fresh, worth } = evolution, { untried, left } = untriedOf(evolution);
  const size = Math.min(count, Math.max(10, Math.min(10 * dimensions, Math.floor(count / 5))));
  const members = several(size, () => untried(fresh) ?? left());
  const worths = (await worth(members)).map(known);
  for (let tried = members.length; tried < count;) {
    const challenges = members.slice(0, count - tried).map((_, member) => ({
      member,
      point: (members.length > 3 ? untried(() => child(members, member, evolution)) : undefined) ??
        untried(fresh) ?? left(),
    })).filter((one): one is { member: number; point: Float64Array } => one.point !== undefined);
    if (challenges.length === 0) return;
    const found = (await worth(challenges.map(({ point }) => point))).map(known);
    challenges.forEach(({ member, point }, i) => {
      if (found[i] < worths[member]) return;
      members[member] = point;
      worths[member] = found[i];
    });
    tried += challenges.length;
  }
}

const known = (worth: number) => Number.isNaN(worth) ? -Infinity : worth;

function several<T>(count: number, make: () => T | undefined): T[] {
  return Array.from({ length: count }, make).filter((one) => one !== undefined);
}

/** Gives points that may be tried and were not yet; undefined where none is found. */
function untriedOf({ known, rest }: Evolution) {
  const tried = new Set<string>();
  const isNew = (point: Float64Array) => {
    const key = known(point);
    if (key === undefined || tried.has(key)) return false;
    tried.add(key);
    return true;
  };
  return {
    /** Has points made, and gives the first. */
    untried(make: () => Float64Array): Float64Array | undefined {
      for (let look = 0; look < LOOKS; look++) {
        const point = make().slice();
        if (isNew(point)) return point;
      }
      return undefined;
    },
    /** Goes on with the rest. */
    left(): Float64Array | undefined {
      for (let point = rest(); point !== undefined; point = rest()) if (isNew(point)) return point;
      return undefined;
    },
  };
}

function child(
  members: readonly Float64Array[],
  parent: number,
  { random, dimensions }: Evolution,
): Float64Array {
  const places = [parent];
  while (places.length < 4) {
    const place = Math.floor(random() * members.length);
    if (!places.includes(place)) places.push(place);
  }
  const [own, first, second, third] = places.map((place) => members[place]);
  const factor = (1 + random()) / 2, always = Math.floor(random() * dimensions);
  return own.map((value, i) => {
    const isCrossed = random() < CROSSED || i === always;
    return isCrossed ? inside(first[i] + factor * (second[i] - third[i])) : value;
  });
}

/** What leaves [0, 1) comes back from its edge. */
function inside(value: number): number {
  const back = Math.abs(value) % 2;
  return back < 1 ? back : Math.min(2 - back, 1 - 2 ** -32);
}
