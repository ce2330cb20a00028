import { InputError } from "../../market/errors.ts";
import type { Random } from "../seeded_random.ts";

/**
 * For each dimension behind the first: degree and coefficients of its primitive polynomial, and the first
 * direction numbers. From the table "new-joe-kuo-6.21201" of S. Joe and F. Y. Kuo, "Constructing Sobol
 * Sequences with Better Two-Dimensional Projections", SIAM Journal on Scientific Computing 30, 2008.
 */
const DIRECTIONS: readonly (readonly [degree: number, coefficients: number, first: number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
  [7, 7, [1, 1, 3, 13, 7, 35, 63]],
  [7, 8, [1, 3, 5, 9, 1, 25, 53]],
  [7, 14, [1, 3, 1, 13, 9, 35, 107]],
  [7, 19, [1, 3, 1, 5, 27, 61, 31]],
  [7, 21, [1, 1, 5, 11, 19, 41, 61]],
  [7, 28, [1, 3, 5, 3, 3, 13, 69]],
  [7, 31, [1, 1, 7, 13, 1, 19, 1]],
  [7, 32, [1, 3, 7, 5, 13, 19, 59]],
  [7, 37, [1, 1, 3, 9, 25, 29, 41]],
  [7, 41, [1, 3, 5, 13, 23, 1, 55]],
  [7, 42, [1, 3, 7, 3, 13, 59, 17]],
];

const BITS = 32;

/** The most dimensions that there are numbers for. */
export const MOST_DIMENSIONS = DIRECTIONS.length + 1;

/**
 * Sobol's sequence: points whose coordinates, in [0, 1), fill the cube evenly from the first on, where those
 * of chance leave holes and crowd. Every stretch of 2ᵏ points that begins at a multiple of as many has one in
 * each of 2ᵏ equal parts of each coordinate. With `random` the points are shifted, digit by digit, so that
 * several seeds give several such sequences; without it the first one is 0. Gives the same array each time,
 * with the next point. Throws an `InputError` for less than 1 and for more than 32 dimensions.
 *
 * Source: I. M. Sobol, 1967, in the order of I. A. Antonov and V. M. Saleev, 1979.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const next = sobolPoints(2);
 * const points = Array.from({ length: 4 }, () => [...next()]);
 * assert.deepEqual(points, [[0, 0], [0.5, 0.5], [0.75, 0.25], [0.25, 0.75]]);
 * ```
 */
export function sobolPoints(dimensions: number, random?: Random): () => Float64Array {
  if (!(dimensions >= 1 && dimensions <= MOST_DIMENSIONS)) {
    throw new InputError(
      `Sobol's sequence has 1 to ${MOST_DIMENSIONS} dimensions here, not ${dimensions}: ` +
        "try fewer parameters, or a random search",
    );
  }
  const steps = Array.from({ length: dimensions }, (_, i) => directionNumbers(i));
  const place = new Uint32Array(dimensions), point = new Float64Array(dimensions);
  if (random) { for (let i = 0; i < dimensions; i++) place[i] = Math.floor(random() * 2 ** BITS); }
  let told = 0;
  return () => {
    if (told > 0) {
      const bit = lowestZero(told - 1);
      for (let i = 0; i < dimensions; i++) place[i] ^= steps[i][bit];
    }
    told++;
    for (let i = 0; i < dimensions; i++) point[i] = place[i] / 2 ** BITS;
    return point;
  };
}

/** What is turned where the count's lowest zero is at each bit. */
function directionNumbers(dimension: number): Uint32Array {
  const numbers = new Uint32Array(BITS);
  const [degree, coefficients, first] = dimension === 0 ? [0, 0, []] : DIRECTIONS[dimension - 1];
  for (let i = 0; i < BITS; i++) {
    if (dimension === 0) numbers[i] = 1 << BITS - 1 - i;
    else if (i < degree) numbers[i] = first[i] << BITS - 1 - i;
    else {
      numbers[i] = numbers[i - degree] ^ numbers[i - degree] >>> degree;
      for (let k = 1; k < degree; k++) {
        if (coefficients >>> degree - 1 - k & 1) numbers[i] ^= numbers[i - k];
      }
    }
  }
  return numbers;
}

function lowestZero(count: number): number {
  let bit = 0;
  for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) bit++;
  return bit;
}
