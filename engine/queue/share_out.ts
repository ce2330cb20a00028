import type { Job as BullJob, Queue } from "bullmq";
import type { FinishedJob, Job, SharingOut } from "../ports/queue.ts";
import type { Attempt } from "./queue_server.ts";

/** How many finished jobs are asked for at a time: with their results they are some megabytes. */
const AT_ONCE = 64;

/** Work that was not heard of for so long is nobody's any more: a week, in milliseconds. */
const ABANDONED = 7 * 86_400_000;

/** Where work is shared out. */
interface Place {
  /** The announcements. */
  announced: Queue;
  /** Its own jobs. */
  jobs: Queue;
  attempt: Attempt;
}

/** Shares work out: see `WorkQueue.share`. */
export async function shareOut(
  { announced, jobs, attempt }: Place,
  id: string,
  text: string,
): Promise<SharingOut> {
  let heard = 0;
  const beat = async () => {
    // Nothing, if it is there already.
    const job = await announced.add("work", { text }, { jobId: id });
    await job.updateProgress(Date.now());
  };
  await attempt("announce work", async () => {
    await beat();
    heard = (await announced.getJobLogs(id)).count;
    // What failed may go well this time.
    for (const job of await jobs.getJobs("failed")) await job.remove();
  });
  return {
    add: (list) => attempt("share work out", () => addJobs(jobs, list)),
    finished: () =>
      attempt("look for results", async () => {
        const found: (BullJob | undefined)[] = await jobs.getJobs(
          ["completed", "failed"],
          0,
          AT_ONCE - 1,
          true,
        );
        return found.filter((job) => job !== undefined).map(finishedOf);
      }),
    forget: (list) =>
      attempt("take results away", async () => {
        await Promise.all(list.map((job) => jobs.remove(nameOf(job))));
      }),
    count: () => attempt("count what is shared out", () => jobs.getJobCountByTypes(...ALL)),
    beat: () => attempt("announce work", beat),
    heard: () =>
      attempt("hear of those who take part", async () => {
        const { logs } = await announced.getJobLogs(id, heard);
        heard += logs.length;
        return logs;
      }),
    remove: () =>
      attempt("take work away", async () => {
        await announced.remove(id);
        await jobs.obliterate({ force: true });
      }),
    close: () => jobs.close(),
  };
}

const ALL = ["waiting", "active", "completed", "failed"] as const;

/** BullMQ takes no number for a name. */
const nameOf = (job: number) => `job-${job}`;

async function addJobs(jobs: Queue, list: readonly Job[]): Promise<void> {
  await jobs.addBulk(list.map(({ job, data }) => ({
    name: "job",
    data: { job, data },
    opts: { jobId: nameOf(job) },
  })));
}

function finishedOf({ data, returnvalue, failedReason }: BullJob): FinishedJob {
  const { job } = data as { job: number };
  return failedReason
    ? { job, error: failedReason }
    : { job, result: (returnvalue as { result: string }).result };
}

/** Takes away what was announced and is shared out by nobody any more; `open` gives the queue of its jobs. */
export async function removeAbandoned(
  announced: Queue,
  open: (id: string) => Queue,
): Promise<void> {
  const before = Date.now() - ABANDONED;
  for (const job of await announced.getJobs("waiting")) {
    const last = typeof job.progress === "number" ? job.progress : job.timestamp;
    if (last > before) continue;
    const jobs = open(job.id!);
    await jobs.obliterate({ force: true });
    await jobs.close();
    await job.remove();
  }
}
