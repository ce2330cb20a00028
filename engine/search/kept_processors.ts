import type { Batch, Work } from "../research/sweep/work.ts";
import { type Processor, startProcessor } from "./processor.ts";

/** Has batches of some work done, by whomever, and calls `done` with the numbers of each, once. */
export type RunBatches = (
  work: Work,
  batches: Iterator<Batch>,
  done: (batch: number, numbers: Float64Array) => void,
  signal?: AbortSignal,
) => Promise<void>;

/** Processors that stay for the next work: starting one, and its finding out what is often run, takes as long as a small search. */
export interface KeptProcessors {
  /** Whether some were started already. */
  readonly areThere: boolean;
  /**
   * Runs batches on so many of them, each taking the next one when it is through with the one before; one work at a
   * time. Throws what went wrong in one of them; all are ended then.
   */
  on(count: number): RunBatches;
  /** Ends them: a program goes on as long as they are there. */
  end(): void;
}

/** Processors that are started as they are needed, until they are ended. */
export function keptProcessors(): KeptProcessors {
  const kept: Processor[] = [];
  const end = () => kept.splice(0).forEach((processor) => processor.end());
  const on = (count: number): RunBatches => async (work, batches, done, signal) => {
    signal?.throwIfAborted();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = () => reject(signal!.reason);
    signal?.addEventListener("abort", abort, { once: true });
    while (kept.length < count) kept.push(startProcessor());
    const lanes = kept.slice(0, count).map(async (processor) => {
      processor.take(work);
      for (let next = batches.next(); !next.done; next = batches.next()) {
        done(next.value.batch, await processor.run(next.value));
      }
    });
    try {
      await Promise.race([Promise.all(lanes), aborted]);
    } catch (error) {
      end();
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
      // What they throw when they are ended is no news.
      await Promise.allSettled(lanes);
    }
  };
  return {
    get areThere() {
      return kept.length > 0;
    },
    on,
    end,
  };
}
