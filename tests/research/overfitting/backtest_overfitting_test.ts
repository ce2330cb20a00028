import assert from "node:assert/strict";
import { normal, seededRandom } from "../../../data/random.ts";
import { backtestOverfitting } from "../../../engine/research/overfitting/backtest_overfitting.ts";
import { returnMatrix } from "../../../engine/research/overfitting/return_matrix.ts";

/** Returns by chance: each strategy has a mean of its own, in deviations. */
function made(means: readonly number[], periods: number, seed: number) {
  const random = seededRandom(seed);
  return returnMatrix(
    means.map((mean) =>
      Float64Array.from({ length: periods }, () => 0.01 * (mean + normal(random)))
    ),
  );
}

/** The Sharpe ratio of some periods, as any textbook has it. */
function sharpe(returns: readonly number[]): number {
  const mean = returns.reduce((a, b) => a + b) / returns.length;
  const squares = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return mean / Math.sqrt(squares / (returns.length - 1));
}

/** The same number, written down as the paper says it: all halves of four parts, in full. */
function naive(columns: readonly Float64Array[], size: number): number {
  const halves = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
  const over = (column: Float64Array, parts: readonly number[]) =>
    sharpe(parts.flatMap((part) => [...column.slice(part * size, (part + 1) * size)]));
  const below = halves.map((half): number => {
    const others = [0, 1, 2, 3].filter((part) => !half.includes(part));
    const inside = columns.map((column) => over(column, half));
    const outside = columns.map((column) => over(column, others));
    const best = outside[inside.indexOf(Math.max(...inside))];
    const rank = outside.filter((one) => one <= best).length / (columns.length + 1);
    return rank < 0.5 ? 1 : rank === 0.5 ? 1 / 2 : 0;
  });
  return below.reduce((sum, one) => sum + one) / halves.length;
}

Deno.test("overfitting is how often the best of one half is below the middle of the other", () => {
  const found = new Set<number>();
  for (let seed = 1; seed <= 60; seed++) {
    const matrix = made([0, 0.1, 0, 0, -0.1], 32, seed);
    const { probability } = backtestOverfitting(matrix, { parts: 4 });
    assert.equal(probability, naive(matrix.columns, 8), `seed ${seed}`);
    found.add(probability);
  }
  assert(found.size > 3, "the cases must differ");
});

Deno.test("of what is no good the best half fails as often as not, of what is good it holds", () => {
  const mean = (means: readonly number[]) => {
    const found = Array.from(
      { length: 20 },
      (_, seed) => backtestOverfitting(made(means, 480, seed + 1)).probability,
    );
    return found.reduce((a, b) => a + b) / found.length;
  };
  const noise = mean(new Array(30).fill(0)), skill = mean([0.5, ...new Array(29).fill(0)]);
  assert(noise > 0.4 && noise < 0.6, `${noise} of noise`);
  assert(skill < 0.01, `${skill} where one is good`);
});

Deno.test("noise is below the middle as often as above it, of however many sets", () => {
  for (const sets of [2, 3, 4, 5, 7]) {
    const found = Array.from({ length: 300 }, (_, seed) => {
      const matrix = made(new Array(sets).fill(0), 64, 1000 * sets + seed);
      return backtestOverfitting(matrix, { parts: 6 }).probability;
    });
    const mean = found.reduce((sum, one) => sum + one) / found.length;
    const squares = found.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    const error = Math.sqrt(squares / (found.length - 1) / found.length);
    assert(Math.abs(mean - 0.5) < 3 * error, `${mean} ± ${error} of ${sets} sets`);
  }
});

Deno.test("of sets that are all alike none is better than another: it is even", () => {
  for (const sets of [2, 3, 4]) {
    const [column] = made([0.1], 32, 5).columns;
    const { probability } = backtestOverfitting(returnMatrix(new Array(sets).fill(column)));
    assert.equal(probability, 0.5, `${sets} sets`);
  }
});

Deno.test("cross-validation wants two strategies and eight periods", () => {
  assert.equal(backtestOverfitting(made([0, 1], 8, 1)).logits.length, 6);
  assert.throws(() => backtestOverfitting(made([0, 1], 7, 1)), /two and eight/);
  assert.throws(() => backtestOverfitting(made([0], 100, 1)), /two and eight/);
});

Deno.test("each ratio is in excess of what is free of risk", () => {
  const riskFree = 0.006;
  let others = 0;
  for (let seed = 1; seed <= 30; seed++) {
    // Of different deviations, so that what is free of risk changes who is best.
    const wide = made([0.3, 0.2, 0.4, 0.3, 0.1], 32, seed).columns
      .map((column, n) => column.map((one) => one * (n + 1)));
    const { probability } = backtestOverfitting(returnMatrix(wide), { parts: 4, riskFree });
    const excess = wide.map((column) => column.map((one) => one - riskFree));
    assert.equal(probability, naive(excess, 8), `seed ${seed}`);
    if (naive(wide, 8) !== probability) others++;
  }
  assert(others > 0, "what is free of risk must make a difference");
});

Deno.test("each half has the ratios of a textbook, and equal ranks are shared", () => {
  const [one, other] = made([0.2, -0.1], 16, 3).columns,
    still = one.map((_, i) => i % 2 === 0 ? 2e-14 : 0);
  // Twice the same, so that the best has an equal in the other half, too.
  const columns = [one, other, one, still];
  const found = backtestOverfitting(returnMatrix(columns), { parts: 4 });
  const halves = [[0, 1], [0, 2], [1, 2], [0, 3], [1, 3], [2, 3]];
  const over = (column: Float64Array, parts: readonly number[]) =>
    sharpe(parts.flatMap((part) => [...column.slice(4 * part, 4 * part + 4)]));
  let most = 0;
  halves.forEach((half, i) => {
    const rest = [0, 1, 2, 3].filter((part) => !half.includes(part));
    // What hardly moves has a ratio of 0.
    const inside = columns.map((column, n) => n === 3 ? 0 : over(column, half));
    const outside = columns.map((column, n) => n === 3 ? 0 : over(column, rest));
    const best = inside.indexOf(Math.max(...inside));
    assert(Math.abs(found.inSample[i] - inside[best]) < 1e-9);
    assert(Math.abs(found.outOfSample[i] - outside[best]) < 1e-9);
    const less = outside.filter((value) => value < outside[best]).length;
    const equal = outside.filter((value) => value === outside[best]).length;
    const rank = (less + (equal + 1) / 2) / 5;
    assert(Math.abs(found.logits[i] - Math.log(rank / (1 - rank))) < 1e-12);
    most = Math.max(most, equal);
  });
  assert.equal(most, 2);
  // 16 parts, of which eight are chosen; C(16, 8).
  assert.equal(backtestOverfitting(made([0, 0], 64, 1)).logits.length, 12_870);
});
