import assert from "node:assert/strict";
import { seededRandom } from "../../../engine/research/seeded_random.ts";
import { evolve } from "../../../engine/research/sweep/evolve.ts";

type Worth = (point: Float64Array) => number;

/** The best worth that an evolution finds, and all that was asked for. */
async function evolved(
  worth: Worth,
  dimensions: number,
  count: number,
  seed: number,
  cells = 2 ** 30,
) {
  const random = seededRandom(seed), asked: string[] = [];
  const places = (point: Float64Array) => [...point].map((x) => Math.floor(x * cells)).join();
  let best = -Infinity;
  await evolve({
    ...{ dimensions, count, random },
    rest: () => undefined,
    fresh: () => Float64Array.from({ length: dimensions }, random),
    known: (point) => {
      assert(point.every((x) => x >= 0 && x < 1));
      return point[0] < 0.99 ? places(point) : undefined;
    },
    worth: (points) => {
      asked.push(...points.map(places));
      const found = Float64Array.from(points, worth);
      best = found.reduce((best, one) => one > best ? one : best, best);
      return Promise.resolve(found);
    },
  });
  return { best, asked };
}

const AIM = [0.3, 0.62, 0.81, 0.44];

/** Storn and Price's first test function, the sphere, with its top of 0 at AIM. */
const sphere: Worth = (point) => -point.reduce((sum, x, i) => sum + (x - AIM[i]) ** 2, 0);

Deno.test("an evolution comes near to the top of a sphere, where chance does not", async () => {
  for (const seed of [1, 2, 3]) {
    const { best } = await evolved(sphere, 4, 2_000, seed);
    const random = seededRandom(seed);
    let chance = -Infinity;
    for (let i = 0; i < 2_000; i++) {
      chance = Math.max(chance, sphere(Float64Array.from({ length: 4 }, random)));
    }
    assert(best > -1e-4, `${best} with seed ${seed}`);
    assert(chance < -5e-4, `${chance} by chance`);
  }
});

Deno.test("it asks for as many different points as it is told to, and no forbidden one", async () => {
  const { asked } = await evolved(sphere, 2, 333, 1);
  assert.equal(asked.length, 333);
  assert.equal(new Set(asked).size, 333);
});

Deno.test("of few points it finds nearly all, unknown ones are the worst, and it ends", async () => {
  const odd: Worth = (point) => point[1] < 0.5 ? NaN : point[0];
  const { asked, best } = await evolved(odd, 2, 10_000, 1, 8);
  assert(asked.length >= 60 && asked.length <= 64, `${asked.length} of 64`);
  assert.equal(new Set(asked).size, asked.length);
  assert(best > 7 / 8);
});
