import assert from "node:assert/strict";
import { seededRandom } from "../../engine/research/seeded_random.ts";
import { eachDrawn } from "../../engine/research/stationary_bootstrap.ts";

Deno.test("stretches are as long on average as they are said to be, and every place comes as often", () => {
  const random = seededRandom(5), times = 400, length = 250, stretch = 8;
  const drawn = new Float64Array(length);
  let broken = 0;
  for (let time = 0; time < times; time++) {
    let before = NaN;
    eachDrawn(length, stretch, random, (place) => {
      drawn[place]++;
      // A new stretch may begin where the old one would have gone on: 1 / length of them do.
      if (place !== (before + 1) % length && !Number.isNaN(before)) broken++;
      before = place;
    });
  }
  const chance = broken / (times * (length - 1)), expected = 1 / stretch * (1 - 1 / length);
  const deviation = Math.sqrt(expected * (1 - expected) / (times * (length - 1)));
  assert(Math.abs(chance - expected) < 4 * deviation, `${chance}, but ${expected} is expected`);
  const count = drawn.reduce((sum, one) => sum + one, 0);
  assert.equal(count, times * length);
  assert(drawn.every((one) => Math.abs(one - times) < 0.6 * times), "each place comes up");
});

Deno.test("a stretch of 1 draws each place by itself", () => {
  const drawn: number[] = [], random = seededRandom(3), again = seededRandom(3);
  eachDrawn(100, 1, random, (place) => drawn.push(place));
  const naive = Array.from({ length: 100 }, (_, i) => {
    if (i > 0) again(); // whether a new one begins: always
    return Math.floor(again() * 100);
  });
  assert.deepEqual(drawn, naive);
});
