import { InputError } from "../market/errors.ts";
import { type Batch, type Done, type Work, worker } from "../research/sweep/work.ts";

/** What runs in a worker: a message is a work, or a batch of the last one. */
interface Scope {
  onmessage: (event: MessageEvent<Work | Batch>) => void;
  postMessage(done: Done): void;
}

const scope = self as unknown as Scope;
let run: ((batch: Batch) => Float64Array) | undefined;

scope.onmessage = ({ data }) => {
  if (!("batch" in data)) {
    run = worker(data);
    return;
  }
  const { batch } = data;
  try {
    scope.postMessage({ batch, numbers: run!(data) });
  } catch (error) {
    const { message } = error as Error;
    scope.postMessage({ batch, error: message, isInput: error instanceof InputError });
  }
};
