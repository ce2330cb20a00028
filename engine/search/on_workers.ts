import type { Batch, Work } from "../research/sweep/work.ts";
import { startProcessor } from "./processor.ts";

/** Has batches of some work done, by whomever, and calls `done` with the numbers of each, once. */
export type RunBatches = (
  work: Work,
  batches: Iterator<Batch>,
  done: (batch: number, numbers: Float64Array) => void,
  signal?: AbortSignal,
) => Promise<void>;

/**
 * Runs batches on so many processors, each taking the next one when it is through with the one before.
 * Throws what went wrong in one of them; the others are ended.
 */
export function onWorkers(count: number): RunBatches {
  return async (work, batches, done, signal) => {
    signal?.throwIfAborted();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = () => reject(signal!.reason);
    signal?.addEventListener("abort", abort, { once: true });
    const processors = Array.from({ length: count }, () => startProcessor(work));
    const lanes = processors.map(async (processor) => {
      for (let next = batches.next(); !next.done; next = batches.next()) {
        done(next.value.batch, await processor.run(next.value));
      }
    });
    try {
      await Promise.race([Promise.all(lanes), aborted]);
    } finally {
      signal?.removeEventListener("abort", abort);
      for (const processor of processors) processor.end();
      // What they throw when they are ended is no news.
      await Promise.allSettled(lanes);
    }
  };
}
