/** Luck whose draws are laid down in the test, held to the ratios that they give, worked out naively. */
import assert from "node:assert/strict";
import { expectedBestSharpe } from "../../../engine/research/overfitting/expected_best_sharpe.ts";
import { luck } from "../../../engine/research/overfitting/luck.ts";
import { returnMatrix } from "../../../engine/research/overfitting/return_matrix.ts";

const PERIODS = 8, ONCE = [0, 1, 2, 3, 4, 5, 6, 7];

/** Chance that draws these places, with stretches of one period: whether one ends, and where the next begins. */
function laidDown(draws: readonly (readonly number[])[]): () => number {
  const values = draws.flatMap((places) =>
    places.flatMap((place, i) => i === 0 ? [place] : [-1, place])
  )
    .map((place) => place < 0 ? 0 : (place + 0.5) / PERIODS);
  return () => values.shift() ?? assert.fail("more was drawn than was laid down");
}

/** Mean and deviation of some returns, as any textbook has them. */
function moments(returns: readonly number[]) {
  const mean = returns.reduce((a, b) => a + b) / returns.length;
  const squares = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (returns.length - 1)) };
}

function textbook(returns: readonly number[]): number {
  const { mean, deviation } = moments(returns);
  return mean / deviation;
}

/** The best ratio of each draw: of returns less their mean, by the deviation of all of them. */
function bests(columns: readonly (readonly number[])[], draws: readonly (readonly number[])[]) {
  return draws.map((places) =>
    Math.max(...columns.map((column) => {
      const { mean, deviation } = moments(column);
      return places.reduce((sum, place) => sum + column[place] - mean, 0) / 8 / deviation;
    }))
  );
}

const run = (
  columns: readonly (readonly number[])[],
  draws: readonly (readonly number[])[],
  riskFree = 0,
) =>
  luck(returnMatrix(columns.map((column) => Float64Array.from(column))), {
    ...{ random: laidDown(draws), draws: draws.length, stretch: 1, riskFree },
  });

const near = (found: number, expected: number, what: string) =>
  assert(Math.abs(found - expected) < 1e-9, `${what}: ${found}, not ${expected}`);

const FIRST = [0.04, -0.02, 0.01, 0.03, -0.01, 0.02, -0.03, 0.05];
const SECOND = [-0.01, 0.02, 0.02, -0.02, 0.01, 0.03, 0.04, -0.05];
const DRAWS = [ONCE, [0, 0, 3, 3, 7, 7, 2, 2], [1, 1, 4, 4, 6, 6, 2, 0], [5, 6, 5, 6, 1, 2, 1, 7], [
  4,
  4,
  4,
  4,
  4,
  4,
  4,
  4,
]];

Deno.test("the chance of luck counts what was found as one draw more, and its best is the draws' mean", () => {
  const drawn = bests([FIRST, SECOND], DRAWS), mean = drawn.reduce((a, b) => a + b) / 5;
  // The first draw has the means themselves.
  assert(Math.abs(drawn[0]) < 1e-12);
  const found = Math.max(textbook(FIRST), textbook(SECOND));
  const reached = drawn.filter((best) => best >= found).length;
  assert(reached > 0 && reached < 5, `${reached}`);
  const { chance, expected, trials, growth } = run([FIRST, SECOND], DRAWS);
  assert.equal(chance, (reached + 1) / 6);
  near(expected, mean, "expected");
  // Ratios of eight periods deviate by 1 / √7; there are no more trials than sets.
  const least = Math.min(mean * Math.sqrt(7), expectedBestSharpe(2, 1));
  near(expectedBestSharpe(trials, 1), least, "trials");
  near(growth, Math.log2(trials), "growth");
  assert.equal(run([FIRST, SECOND], [ONCE, ONCE, ONCE]).chance, 1 / 4);
  assert.equal(run([FIRST.map((one) => one - 0.1)], [ONCE, ONCE, ONCE]).chance, 1);
});

Deno.test("a draw that is just as good counts, and sets that did nothing are all luck", () => {
  // Whole eighths, so that mean and ratio are 0 to the bit.
  const even = [0.125, -0.125, 0.25, -0.25, 0.125, -0.125, 0.5, -0.5];
  assert.equal(run([even], [ONCE, [1, 1, 1, 3, 5, 7, 7, 7]]).chance, 2 / 3);
  const idle = run([new Array(8).fill(0), new Array(8).fill(0)], DRAWS);
  assert.deepEqual(idle, { chance: 1, expected: 0, trials: 1, growth: 0 });
  // Beside one that trades they count for nothing, however bad it is.
  const bad = FIRST.map((one) => one - 0.5), both = run([bad, new Array(8).fill(0.0)], DRAWS);
  near(both.expected, bests([bad], DRAWS).reduce((a, b) => a + b) / 5, "expected");
  const rounding = new Array(8).fill(0).map((_, i) => i * 1e-16);
  assert.deepEqual(run([rounding], DRAWS), idle);
});

Deno.test("what is free of risk is taken off what was found, and not off the draws", () => {
  const found = (riskFree: number) => {
    const best = Math.max(
      ...[FIRST, SECOND].map((column) => textbook(column.map((one) => one - riskFree))),
    );
    return (1 + bests([FIRST, SECOND], DRAWS).filter((one) => one >= best).length) / 6;
  };
  // So many that the ratio passes every draw's, wherever it is.
  for (let riskFree = -0.05; riskFree < 0.05; riskFree += 0.0003) {
    assert.equal(run([FIRST, SECOND], DRAWS, riskFree).chance, found(riskFree), `${riskFree}`);
  }
  assert.notEqual(found(-0.03), found(0));
});

Deno.test("500 draws in stretches of five periods, unless something else is said", () => {
  const matrix = returnMatrix([Float64Array.from(FIRST)]);
  // No stretch ends: each draw goes all around once, and shows a ratio of 0.
  let calls = 0;
  const going = luck(matrix, { random: () => ++calls % 2 === 0 ? 0.2 : 0.9 });
  assert.equal(going.chance, 1 / 501);
  near(going.expected, 0, "expected");
  assert.equal(calls, 500 * 8);
  // Each stretch ends where chance is just below a fifth.
  calls = 0;
  luck(matrix, { random: () => (calls++, 0.1999) });
  assert.equal(calls, 500 * 15);
});
