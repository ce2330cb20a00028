import { InputError } from "../market/errors.ts";
import type { Batch, Done, Work } from "../research/sweep/work.ts";

/** A processor at work on batches. */
export interface Processor {
  /** Gives it the work of which further batches are. */
  take(work: Work): void;
  /** The numbers of a batch; one at a time. Throws what went wrong in it. */
  run(batch: Batch): Promise<Float64Array>;
  /** Ends it, whatever it does. */
  end(): void;
}

/** Starts a processor. */
export function startProcessor(): Processor {
  const worker = new Worker(new URL("./sweep_worker.ts", import.meta.url), { type: "module" });
  // Until it is given a batch there is nobody whom a failure could be told.
  let waiting: PromiseWithResolvers<Float64Array> | undefined, failed: Error | undefined;
  const fail = (error: Error) => {
    failed = error;
    waiting?.reject(error);
  };
  worker.onmessage = ({ data }: MessageEvent<Done>) => {
    if ("numbers" in data) return waiting?.resolve(data.numbers);
    waiting?.reject(data.isInput ? new InputError(data.error) : new Error(data.error));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(new Error(`A worker failed: ${event.message}`));
  };
  return {
    take: (work) => worker.postMessage(work),
    run: (batch) => {
      if (failed) return Promise.reject(failed);
      waiting = Promise.withResolvers();
      worker.postMessage(batch);
      return waiting.promise;
    },
    end: () => {
      worker.terminate();
      fail(new Error("The processor was ended"));
    },
  };
}
