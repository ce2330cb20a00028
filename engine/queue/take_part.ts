import type { Job as BullJob } from "bullmq";
import type { Participant, TakingPart } from "../ports/queue.ts";
import { PREFIX, type QueueServer } from "./queue_server.ts";

/** A process that says nothing of a job for so long has lost it, in milliseconds. */
const LEASE = 4_000;

/** How often jobs are looked through for such, in milliseconds. */
const LOOK = 1_000;

/** A job that so many processes lost, one after the other, is not given to another: it may be what ends them. */
const MOST_LOST = 5;

/** What is needed of BullMQ. */
type Bull = Pick<typeof import("bullmq"), "Worker">;

/** Takes part in the work whose jobs are in the queue `name`: see `WorkQueue.takePart`. */
export async function takePart<C>(
  { Worker }: Bull,
  { factory, waiting }: QueueServer<C>,
  name: string,
  { atOnce, run }: Participant,
): Promise<TakingPart> {
  const worker = new Worker(name, async ({ data }: BullJob) => ({ result: await run(data) }), {
    connection: waiting,
    prefix: PREFIX,
    concurrency: atOnce,
    lockDuration: LEASE,
    stalledInterval: LOOK,
    maxStalledCount: MOST_LOST,
    // Seconds that it waits for a job before it looks by itself.
    drainDelay: 1,
    // So that what is lost is found again at once, and not a quarter of a minute later.
    runRetryDelay: LOOK,
  }, factory);
  // A lost connection, and jobs that were given to somebody else meanwhile: it goes on by itself.
  worker.on("error", () => {});
  await worker.waitUntilReady();
  return { leave: () => worker.close() };
}
