/** After how long alone it is said, and said again, in milliseconds. */
const FIRST = 5_000, AGAIN = 30_000;

/** Who sees to it that a search which nobody takes part in does not wait in silence. */
export interface LoneSearch {
  /** Somebody takes part: nothing is said from now on. */
  end(): void;
  /** Says so where it is alone for too long; `passed` are the milliseconds since it was shared out. */
  look(passed: number): void;
}

/**
 * Says now and then that no worker was heard of, until one is.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const said: string[] = [], lone = loneSearch((line) => said.push(line));
 * for (const seconds of [4, 5, 6, 34, 35, 36]) lone.look(seconds * 1_000);
 * assert.equal(said.length, 2);
 * lone.end();
 * lone.look(600_000);
 * assert.equal(said.length, 2);
 * ```
 */
export function loneSearch(note: (line: string) => void): LoneSearch {
  let next = FIRST;
  return {
    end() {
      next = Infinity;
    },
    look(passed) {
      if (passed < next) return;
      next = passed + AGAIN;
      note("No worker takes part yet: start `deno task worker`, here or where it reaches the same");
    },
  };
}
