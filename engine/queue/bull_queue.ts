import type { Job as BullJob, Queue } from "bullmq";
import type { SharedWork, WorkQueue } from "../ports/queue.ts";
import { loadQuietly } from "./load_quietly.ts";
import { type Attempt, PREFIX, type QueueServer } from "./queue_server.ts";
import { removeAbandoned, shareOut } from "./share_out.ts";
import { takePart } from "./take_part.ts";

/** The queue whose jobs are announcements: nobody does them, everybody reads them. */
const ANNOUNCED = "announced-work";

/** The most announcements that are looked at. */
const MOST = 1_000;

/** Work that processes share over a server of BullMQ. */
export async function openBullQueue<C>(server: QueueServer<C>): Promise<WorkQueue> {
  const bull = await loadQuietly(() => import("bullmq"));
  const queueOf = (name: string) => {
    const options = { connection: server.speaking, prefix: PREFIX };
    // Its type names the kind of connection, of which nothing is used here.
    const queue = new bull.Queue(name, options, server.factory) as unknown as Queue;
    // What fails is thrown where it was asked for.
    queue.on("error", () => {});
    return queue;
  };
  const announced = queueOf(ANNOUNCED);
  const attempt: Attempt = async (action, command) => {
    try {
      return await command();
    } catch (error) {
      throw server.errorOf(error, action);
    }
  };
  return {
    share: async (id, text) => {
      await attempt("clear up", () => removeAbandoned(announced, (old) => queueOf(jobsOf(old))));
      return await shareOut({ announced, jobs: queueOf(jobsOf(id)), attempt }, id, text);
    },
    announced: () =>
      attempt("look for work", async () => {
        const jobs: (BullJob | undefined)[] = await announced.getJobs("waiting", 0, MOST, true);
        return jobs.filter((job) => job !== undefined).map(workOf);
      }),
    takePart: (id, participant) => {
      const connect = (name: string) => takePart(bull, server, name, participant);
      return attempt("take part in work", () => connect(jobsOf(id)));
    },
    say: (id, line) =>
      attempt("say something", async () => {
        await announced.addJobLog(id, line);
      }),
    close: async () => {
      await announced.close();
      await server.close();
    },
  };
}

/** The queue of a work's jobs. */
function jobsOf(id: string): string {
  return `work-${id}`;
}

function workOf({ id, data, progress }: BullJob): SharedWork {
  const { text } = data as { text: string };
  return { id: id!, text, beat: typeof progress === "number" ? progress : 0 };
}
