import { InputError } from "../../market/errors.ts";

/** The most ways of choosing test groups. */
const MOST = 20_000;

/**
 * Every choice of `tested` of so many `groups`, each in ascending order, in the order of a dictionary.
 * Throws an `InputError` where there is nothing to choose, and for more than 20,000 choices.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(splitsOf(3, 2), [[0, 1], [0, 2], [1, 2]]);
 * ```
 */
export function splitsOf(groups: number, tested: number): number[][] {
  const isCount = [groups, tested].every((count) => Number.isInteger(count) && count >= 1);
  if (!isCount || tested >= groups) {
    throw new InputError(
      `Cannot test ${tested} of ${groups} groups: both are whole numbers, the first from 1 to below the second`,
    );
  }
  const count = choices(groups, tested);
  if (count > MOST) {
    throw new InputError(
      `${tested} of ${groups} groups are chosen in ${count} ways; ${MOST} are the most: take fewer groups`,
    );
  }
  const splits: number[][] = [];
  const extend = (chosen: number[], from: number) => {
    if (chosen.length === tested) splits.push(chosen);
    else for (let group = from; group < groups; group++) extend([...chosen, group], group + 1);
  };
  extend([], 0);
  return splits;
}

/**
 * For each path through all groups, of which there are k / N × C(N, k), and each group, the split in which
 * the path has its test: the first path takes the first split that tests a group, the second the second.
 *
 * Source: M. López de Prado, "Advances in Financial Machine Learning", 2018, section 12.4.1, figure 12.1.
 */
export function pathsOf(splits: readonly (readonly number[])[], groups: number): number[][] {
  const tests = Array.from(
    { length: groups },
    (_, group) => splits.flatMap((split, n) => split.includes(group) ? [n] : []),
  );
  return tests[0].map((_, path) => tests.map((own) => own[path]));
}

/** C(n, k). */
function choices(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = count * (n - k + i) / i;
  return Math.round(count);
}
