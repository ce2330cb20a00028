import type { Clock } from "../../ports/clock.ts";
import type { Job, SharingOut, WorkQueue } from "../../ports/queue.ts";
import type { Work } from "../../research/sweep/work.ts";
import type { RunBatches } from "../kept_processors.ts";
import { type LoneSearch, loneSearch } from "./lone_search.ts";
import { packSets, unpackNumbers } from "./packed.ts";
import { Persistent } from "./persistent.ts";
import { saysTakesPart } from "./takes_part.ts";

/** Batches that are shared out at a time: what the server has to hold, and far more than there are processors. */
const OUT = 256;

/** How often results are looked for while there are none, in milliseconds. */
const LOOK = 100;

/** How often it is said that somebody is at it, and what was said is heard, in milliseconds. */
const BEAT = 1_000;

/** A search that is shared out. */
export interface SharedSearch {
  queue: WorkQueue;
  /** The same for the same search, and for no other that may be run at the same time. */
  id: string;
  /** The search as text, for those who take part. */
  describe: (work: Omit<Work, "candles">) => string;
  /** The parameters whose values a job has. */
  names: readonly string[];
  clock: Clock;
  /** Told what is said, and what is amiss. */
  note: (line: string) => void;
}

/**
 * Has batches run by whoever takes part in the work of a queue. Each batch's numbers are taken once, whoever
 * did it and however often; they are forgotten there after they were taken here. When it ends, through or not,
 * nothing of it is left in the queue; what is left after a crash, the same search takes up again.
 */
export function coordinate({ queue, id, describe, names, clock, note }: SharedSearch): RunBatches {
  return async ({ candles: _, ...work }, batches, done, signal) => {
    const persist = new Persistent(note, clock, signal), lone = loneSearch(note);
    const shared = await queue.share(id, describe(work)), out = new Map<number, Job>();
    const beat = beating({ shared, persist, clock, note, out, lone });
    try {
      for (let isLast = false; !isLast || out.size > 0;) {
        signal?.throwIfAborted();
        const fresh: Job[] = [];
        while (!isLast && out.size + fresh.length < OUT) {
          const { value, done: none } = batches.next();
          if (none) isLast = true;
          else fresh.push({ job: value.batch, data: packSets(value.sets, names) });
        }
        for (const job of fresh) out.set(job.job, job);
        if (fresh.length > 0) await persist.in(() => shared.add(fresh));
        const found = await persist.in(() => shared.finished());
        for (const { job, result, error } of found) {
          // One that is not out was taken before, by the process that did not come to forgetting it.
          if (!out.delete(job)) continue;
          if (result === undefined) throw failure(job, error);
          done(job, unpackNumbers(result));
        }
        if (found.length > 0) {
          lone.end();
          await persist.in(() => shared.forget(found.map(({ job }) => job)));
        } else await clock.sleep(LOOK, signal);
        await beat();
      }
    } finally {
      await tidyUp(shared);
    }
  };
}

interface Beating extends Pick<SharedSearch, "clock" | "note"> {
  shared: SharingOut;
  persist: Persistent;
  /** The jobs that nobody has done yet. */
  out: ReadonlyMap<number, Job>;
  lone: LoneSearch;
}

/** What is done once a second. */
function beating({ shared, persist, clock, note, out, lone }: Beating): () => Promise<void> {
  const began = clock.monotonic();
  let last = began;
  return async () => {
    if (clock.monotonic() - last < BEAT) return;
    last = clock.monotonic();
    await persist.in(async () => {
      await shared.beat();
      for (const line of await shared.heard()) {
        note(line);
        if (saysTakesPart(line)) lone.end();
      }
      lone.look(last - began);
      // A server that lost its memory: jobs that are there stay as they are.
      if (await shared.count() < out.size) await shared.add([...out.values()]);
    });
  };
}

function failure(job: number, error = "of no reason that was told"): Error {
  return /stalled more than/.test(error)
    ? new Error(`Batch ${job} ended every process that ran it`)
    : new Error(`Batch ${job} failed: ${error}`);
}

/** A server that is away keeps what is there: that is no reason to end otherwise. */
async function tidyUp(shared: SharingOut): Promise<void> {
  await shared.remove().catch(() => {});
  await shared.close().catch(() => {});
}
