import type { ConnectionOptions } from "bullmq";
import { loadRedis } from "../bus/redis.ts";
import { readRedisAddress } from "../bus/redis_address.ts";
import { redisError } from "../bus/redis_error.ts";
import { UnreachableError } from "../ports/store_errors.ts";
import { loadQuietly } from "./load_quietly.ts";
import type { QueueServer } from "./queue_server.ts";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 5_000;

/** The longest wait between two attempts to reach a lost server, in milliseconds. */
const LONGEST_WAIT = 1_000;

/**
 * The Redis at `url` (redis://user:password@host:port), for queues. The number of a database in it is read
 * over, as the bus does. Throws a `StoreError` if there is none, or it lets nobody in.
 */
export async function openRedisServer(url: string): Promise<QueueServer<ConnectionOptions>> {
  const { secure, ...place } = readRedisAddress(url), address = { secure, ...place };
  const { createRedisBackend } = await loadQuietly(() => import("bullmq"));
  const Client = await loadRedis();
  let trouble: unknown;
  const connect = (more: { commandTimeout?: number; maxRetriesPerRequest: number | null }) => {
    const client = new Client({
      ...place,
      ...(secure && { tls: {} }),
      lazyConnect: true,
      connectionName: "lockstep-queue",
      connectTimeout: PATIENCE,
      retryStrategy: (times) => Math.min(25 * 2 ** Math.min(times, 10), LONGEST_WAIT),
      ...more,
    });
    // Without a listener the client prints them, with a stack trace.
    client.on("error", (error) => trouble = error);
    client.on("ready", () => trouble = undefined);
    return client;
  };
  const errorOf = (error: unknown, action: string) => {
    const known = redisError(trouble ?? error, action, {}, address);
    return known.context.lost ? new UnreachableError(known.message, known.context) : known;
  };
  const speaking = connect({ commandTimeout: PATIENCE, maxRetriesPerRequest: 1 });
  const waiting = connect({ maxRetriesPerRequest: null });
  const close = async () => {
    for (const client of [speaking, waiting]) client.disconnect();
    await Promise.resolve();
  };
  try {
    await Promise.all([speaking.connect(), waiting.connect()]);
  } catch (error) {
    await close();
    throw errorOf(error, "open the queue");
  }
  return { factory: createRedisBackend, speaking, waiting, errorOf, close };
}
