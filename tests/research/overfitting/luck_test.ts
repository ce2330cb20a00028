import assert from "node:assert/strict";
import { normal, seededRandom } from "../../../data/random.ts";
import { expectedBestSharpe } from "../../../engine/research/overfitting/expected_best_sharpe.ts";
import { luck } from "../../../engine/research/overfitting/luck.ts";
import { returnMatrix } from "../../../engine/research/overfitting/return_matrix.ts";

const PERIODS = 500;

function columns(count: number, seed: number, mean = 0, alike = 0): Float64Array[] {
  const random = seededRandom(seed);
  const common = Float64Array.from({ length: PERIODS }, () => normal(random));
  const own = Math.sqrt(1 - alike ** 2);
  return Array.from(
    { length: count },
    () => common.map((value) => 0.01 * (mean + alike * value + own * normal(random))),
  );
}

const drawn = (found: readonly Float64Array[], seed = 1) =>
  luck(returnMatrix(found), { random: seededRandom(seed), draws: 300 });

Deno.test("independent strategies count as what they are, equal ones as one", () => {
  const { trials, expected } = drawn(columns(100, 1));
  assert(trials > 60 && trials < 160, `100 independent strategies count as ${trials}`);
  const theory = expectedBestSharpe(100, 1 / Math.sqrt(PERIODS));
  assert(Math.abs(expected / theory - 1) < 0.1, `${expected}, but theory says ${theory}`);
  const [one] = columns(1, 2), same = drawn(Array.from({ length: 50 }, () => one));
  assert(same.trials < 1.5, `50 equal strategies count as ${same.trials}`);
  const near = drawn(columns(100, 3, 0, 0.9)).trials;
  assert(near > 2 && near < 30, `100 strategies that are much alike count as ${near}`);
});

Deno.test("luck alone gives so good a best as often as it says", () => {
  const searches = 120;
  let rare = 0, common = 0;
  for (let seed = 1; seed <= searches; seed++) {
    const { chance } = drawn(columns(20, 100 + seed, 0, 0.5), seed);
    if (chance <= 0.05) rare++;
    if (chance <= 0.5) common++;
  }
  // Binomial: three deviations from what is to be expected.
  assert(Math.abs(rare - 0.05 * searches) < 3 * Math.sqrt(searches * 0.05 * 0.95), `${rare} rare`);
  assert(Math.abs(common - searches / 2) < 3 * Math.sqrt(searches / 4), `${common} common`);
});

Deno.test("what is good is not put down to luck", () => {
  const found = columns(50, 7);
  found[3] = columns(1, 8, 0.3)[0];
  assert(drawn(found).chance < 0.01);
});

Deno.test("luck needs periods", () => {
  assert.throws(
    () => luck(returnMatrix([new Float64Array(7)]), { random: seededRandom(1) }),
    /7 periods/,
  );
});

Deno.test("what is free of risk is not skill: with as much more of both the chance is the same", () => {
  const found = columns(20, 5, 0.05, 0.5), riskFree = 0.002;
  const more = returnMatrix(found.map((column) => column.map((one) => one + riskFree)));
  const random = () => seededRandom(1), draws = 300, { chance } = drawn(found);
  assert(chance > 0.02 && chance < 0.98, `${chance}`);
  assert.equal(luck(more, { random: random(), draws, riskFree }).chance, chance);
  assert(luck(more, { random: random(), draws }).chance < chance);
});

Deno.test("sets that hardly ever trade are as risky in each draw as they are", () => {
  // A loss on one day, or on two: a draw that misses them holds nothing but one number.
  const seldom = Array.from({ length: 12 }, (_, n) => {
    const column = new Float64Array(PERIODS);
    column[20 * n + 3] = column[20 * n + 200] = -0.02;
    return column;
  });
  const { trials, expected } = drawn([...columns(3, 1), ...seldom]);
  assert(trials <= 15, `15 sets count as ${trials}`);
  // What misses both has gained its mean each day: 2 losses of 500, which deviate by √(2 · 498 / 500 / 499).
  const missed = (2 / PERIODS) / Math.sqrt(2 * 498 / PERIODS / 499);
  // In four draws of five one of the twelve misses both at least: 1 − (1 − e⁻²)¹².
  const least = 0.8 * missed, most = expectedBestSharpe(15, 1 / Math.sqrt(PERIODS));
  assert(expected > least && expected < most, `${least} < ${expected} < ${most}`);
});

Deno.test("sets of the same kind grow in number alone, others in what they are", () => {
  const unlike = drawn(columns(200, 9)).growth, alike = drawn(columns(200, 9, 0, 0.98)).growth;
  assert(unlike > 0.8, `unlike sets grow by ${unlike}`);
  assert(alike < 0.5, `sets much alike grow by ${alike}`);
  const [one, other] = columns(2, 10);
  const same = Array.from({ length: 40 }, (_, n) => n % 4 < 2 ? one : other);
  assert.equal(drawn(same).growth, 0);
});
