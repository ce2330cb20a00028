import { readRedisAddress } from "../bus/redis_address.ts";
import type { WorkQueue } from "../ports/queue.ts";
import { openBullQueue } from "../queue/bull_queue.ts";
import { openPostgresServer } from "../queue/postgres_server.ts";
import { openRedisServer } from "../queue/redis_server.ts";
import { openDatabase } from "./database.ts";

/** An open queue and where it is. */
export interface OpenQueue {
  queue: WorkQueue;
  /** Where it is, in words. */
  place: string;
  close(): Promise<void>;
}

/**
 * Opens the queue of searches: in the Redis that the environment names with REDIS_URL; without it, in the
 * database of DATABASE_URL, or on Lockstep's own server.
 */
export async function openQueue(): Promise<OpenQueue> {
  const redis = Deno.env.get("REDIS_URL");
  if (redis) {
    const { host, port } = readRedisAddress(redis);
    const queue = await openBullQueue(await openRedisServer(redis));
    return { queue, place: `the Redis at ${host}:${port}`, close: () => queue.close() };
  }
  const database = await openDatabase();
  try {
    const queue = await openBullQueue(await openPostgresServer(database.url));
    const close = async () => {
      await queue.close();
      await database.close();
    };
    const { host, pathname } = new URL(database.url);
    return { queue, place: `the database ${pathname.slice(1)} at ${host}`, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
