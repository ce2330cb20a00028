import { InputError } from "../../market/errors.ts";
import type { Job, TakingPart, WorkQueue } from "../../ports/queue.ts";
import type { Work } from "../../research/sweep/work.ts";
import { startProcessor } from "../processor.ts";
import type { Turns } from "./turns.ts";
import { packNumbers, packRefusal, unpackSets } from "./packed.ts";

/** A process at work on a search. */
export interface AtWork {
  /** Batches that it has done. */
  readonly done: number;
  /** Takes no further batch, and resolves when those under way are through. */
  leave(): Promise<void>;
  /** Ends at once, whatever is under way. */
  drop(): Promise<void>;
}

/**
 * Works on batches of a search, with so many processors at most, each batch in its turn among those of other
 * searches. `names` are the parameters of a job's sets.
 */
export async function workOn(
  queue: WorkQueue,
  id: string,
  work: Work,
  names: readonly string[],
  count: number,
  inTurn: Turns,
): Promise<AtWork> {
  const processors = Array.from({ length: count }, () => startProcessor());
  for (const processor of processors) processor.take(work);
  const free = [...processors];
  let done = 0;
  const run = async ({ job, data }: Job) => {
    // As many jobs come at a time as there are processors.
    const processor = free.pop()!;
    try {
      const numbers = await inTurn(() => processor.run(unpackSets(job, data, names)));
      done++;
      return packNumbers(numbers);
    } catch (error) {
      if (error instanceof InputError) return packRefusal(error);
      throw error;
    } finally {
      free.push(processor);
    }
  };
  const end = () => processors.forEach((processor) => processor.end());
  let taking: TakingPart;
  try {
    taking = await queue.takePart(id, { atOnce: count, run });
  } catch (error) {
    end();
    throw error;
  }
  const leave = async () => {
    await taking.leave();
    end();
  };
  return {
    get done() {
      return done;
    },
    leave,
    drop: async () => {
      end();
      await leave();
    },
  };
}
