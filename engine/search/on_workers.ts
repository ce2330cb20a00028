import { InputError } from "../market/errors.ts";
import type { Batch, Done, Work } from "../research/sweep/work.ts";

/**
 * Runs batches on so many workers, each taking the next one when it is through with the one before, and
 * calls `done` with the numbers of each. Throws what went wrong in one of them; the others are ended.
 */
export async function onWorkers(
  work: Work,
  batches: Iterator<Batch>,
  count: number,
  done: (batch: number, numbers: Float64Array) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const workers: Worker[] = [];
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal!.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const lanes = Array.from({ length: count }, () => {
      const worker = new Worker(new URL("./sweep_worker.ts", import.meta.url), { type: "module" });
      workers.push(worker);
      return runLane(worker, work, batches, done);
    });
    await Promise.race([Promise.all(lanes), aborted]);
  } finally {
    signal?.removeEventListener("abort", abort);
    for (const worker of workers) worker.terminate();
  }
}

function runLane(
  worker: Worker,
  work: Work,
  batches: Iterator<Batch>,
  done: (batch: number, numbers: Float64Array) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const next = () => {
    const { value, done: isLast } = batches.next();
    if (isLast) resolve();
    else worker.postMessage(value);
  };
  worker.onmessage = ({ data }: MessageEvent<Done>) => {
    if ("error" in data) {
      return reject(data.isInput ? new InputError(data.error) : new Error(data.error));
    }
    done(data.batch, data.numbers);
    next();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`A worker failed: ${event.message}`));
  };
  worker.postMessage(work);
  next();
  return promise;
}
