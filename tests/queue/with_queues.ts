import type { WorkQueue } from "../../engine/ports/queue.ts";

/** Runs a test with a way to open queues, which are closed afterwards. */
export async function withQueues(
  open: () => Promise<WorkQueue>,
  test: (open: () => Promise<WorkQueue>) => Promise<void>,
): Promise<void> {
  const opened: WorkQueue[] = [];
  try {
    await test(async () => {
      const queue = await open();
      opened.push(queue);
      return queue;
    });
  } finally {
    await Promise.all(opened.map((queue) => queue.close()));
  }
}
