import assert from "node:assert/strict";
import type { FinishedJob, Job, SharingOut, WorkQueue } from "../../../engine/ports/queue.ts";
import type { Batch, Work } from "../../../engine/research/sweep/work.ts";
import { coordinate } from "../../../engine/search/distributed/coordinate.ts";
import { packNumbers } from "../../../engine/search/distributed/packed.ts";

/**
 * A queue in this process, whose jobs are through as soon as they are there; `left` are results that the
 * process before took, and did not come to forgetting. One is told twice, as if forgetting it had failed.
 */
function queueWith(left: readonly FinishedJob[]) {
  const through = new Map(left.map((one) => [one.job, one])), forgotten: number[] = [];
  let isFirst = true;
  const shared: SharingOut = {
    add: (jobs: readonly Job[]) => {
      for (const { job } of jobs) {
        if (!through.has(job)) through.set(job, { job, result: packNumbers(numbersOf(job)) });
      }
      return Promise.resolve();
    },
    finished: () => Promise.resolve([...through.values()].slice(0, 2)),
    forget: (jobs) => {
      forgotten.push(...jobs);
      for (const job of isFirst ? jobs.slice(1) : jobs) through.delete(job);
      isFirst = false;
      return Promise.resolve();
    },
    count: () => Promise.resolve(through.size),
    beat: () => Promise.resolve(),
    heard: () => Promise.resolve([]),
    remove: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const queue: Pick<WorkQueue, "share"> = { share: () => Promise.resolve(shared) };
  return { queue: queue as WorkQueue, forgotten };
}

const numbersOf = (batch: number) => Float64Array.of(batch + 0.25);

Deno.test("a result whose job is not out was taken before, and is not taken again", async () => {
  const stale = { job: 0, result: packNumbers(Float64Array.of(-1)) };
  const { queue, forgotten } = queueWith([stale]), taken: [number, number][] = [];
  const batches: Batch[] = [500, 1_000, 1_500].map((batch) => ({ batch, sets: [{ x: batch }] }));
  const clock = { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() };
  const note = (line: string) => assert.fail(line);
  const run = coordinate({ queue, id: "a", describe: () => "", names: ["x"], clock, note });
  await run({} as Work, batches[Symbol.iterator](), (batch, [x]) => taken.push([batch, x]));
  assert.deepEqual(taken, [[500, 500.25], [1_000, 1_000.25], [1_500, 1_500.25]]);
  // Batch 0 was of the process before; it is forgotten all the same, so that its number is free.
  assert(forgotten.includes(0));
});
