import assert from "node:assert/strict";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import { MOST_DIMENSIONS, sobolPoints } from "../../../engine/research/sweep/sobol.ts";

/** The points so many calls give, in whole 2⁻³⁰. */
function points(count: number, dimensions: number, seed?: number): number[][] {
  const next = sobolPoints(dimensions, seed === undefined ? undefined : seededRandom(seed));
  return Array.from({ length: count }, () => [...next()].map((x) => x * 2 ** 30));
}

Deno.test("Sobol's points are those that Joe and Kuo print", () => {
  // The ten points of three dimensions that come with their program.
  const printed = [
    [0, 0, 0],
    [0.5, 0.5, 0.5],
    [0.75, 0.25, 0.25],
    [0.25, 0.75, 0.75],
    [0.375, 0.375, 0.625],
    [0.875, 0.875, 0.125],
    [0.625, 0.125, 0.875],
    [0.125, 0.625, 0.375],
    [0.1875, 0.3125, 0.9375],
    [0.6875, 0.8125, 0.4375],
  ];
  assert.deepEqual(points(10, 3).map((point) => point.map((x) => x / 2 ** 30)), printed);
});

Deno.test("Sobol's points are those of SciPy, in all dimensions", () => {
  // scipy.stats.qmc.Sobol(32, scramble=False, bits=30), SciPy 1.15.3: points 77 and 1000, times 2³⁰.
  const at = new Map([
    [77, [
      ...[897581056, 897581056, 8388608, 830472192, 897581056, 545259520, 243269632, 696254464],
      ...[192937984, 461373440, 142606336, 847249408, 528482304, 360710144, 1065353216, 75497472],
      ...[880803840, 947912704, 847249408, 8388608, 159383552, 947912704, 931135488, 847249408],
      ...[914358272, 729808896, 864026624, 394264576, 176160768, 494927872, 1048576000, 796917760],
    ]],
    [1000, [
      ...[235929600, 103809024, 556793856, 726663168, 300941312, 974127104, 49283072, 965738496],
      ...[537919488, 74448896, 91226112, 273678336, 173015040, 412090368, 154140672, 397410304],
      ...[772800512, 370147328, 1064304640, 779091968, 560988160, 590348288, 1020264448, 579862528],
      ...[625999872, 974127104, 42991616, 1051721728, 63963136, 365953024, 158334976, 156237824],
    ]],
  ]);
  const found = points(1_001, MOST_DIMENSIONS);
  for (const [place, expected] of at) assert.deepEqual(found[place], expected);
});

Deno.test("every stretch has one point in each part of each coordinate, shifted or not", () => {
  for (const seed of [undefined, 1, 2]) {
    const found = points(256, MOST_DIMENSIONS, seed);
    for (const size of [2, 16, 128]) {
      for (let from = 0; from < found.length; from += size) {
        for (let i = 0; i < MOST_DIMENSIONS; i++) {
          const parts = found.slice(from, from + size).map((x) =>
            Math.floor(x[i] / 2 ** 30 * size)
          );
          assert.equal(new Set(parts).size, size);
        }
      }
    }
  }
  assert.notDeepEqual(points(4, 3, 1), points(4, 3, 2));
  assert.deepEqual(points(4, 3, 1), points(4, 3, 1));
});

Deno.test("there are no more dimensions than there are numbers for", () => {
  assert.throws(() => sobolPoints(MOST_DIMENSIONS + 1), /1 to 32 dimensions here, not 33/);
  assert.throws(() => sobolPoints(0), /not 0/);
});
