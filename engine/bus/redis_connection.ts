import type { Redis } from "ioredis";
import { StoreError } from "../ports/store_errors.ts";
import { loadRedis } from "./redis.ts";
import { placeOf, type RedisAddress } from "./redis_address.ts";
import { isRefusal, isWrongAddress, redisError } from "./redis_error.ts";

/** How a connection is looked after, in milliseconds. */
export interface RedisPatience {
  /** How long an answer may take. */
  answer: number;
  /** How often a connection is asked whether it is alive. */
  pulse: number;
}

/** A connection that comes back by itself. */
export interface RedisConnection {
  /**
   * Sends a command. Throws a `StoreError` ("Cannot `action`: why") when it is refused, when there is
   * no answer in time, and at once while the connection is lost.
   */
  attempt<T>(
    action: string,
    context: Readonly<Record<string, unknown>>,
    command: (client: Redis) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

/** What the client calls a connection that stands, or may at any moment. */
const OPEN: readonly string[] = ["connecting", "connect", "ready"];

/** The longest wait between two attempts to reach a lost server, in milliseconds. */
const LONGEST_WAIT = 1_000;

/** So many commands may be under way: what a server that hangs is sent has to be kept. */
const MOST_UNDER_WAY = 1_000;

/**
 * Connects to a Redis; `prepare` gets the client before that. Throws a `StoreError` if there is no
 * Redis, or it lets nobody in. With `away`, one that is only not there now is told to that instead: it
 * is as a connection that was lost, and comes by itself.
 */
export async function openRedisConnection(
  address: RedisAddress,
  patience: RedisPatience,
  prepare: (client: Redis) => void = () => {},
  away?: (error: StoreError) => void,
): Promise<RedisConnection> {
  const client = await makeClient(address, patience), watch = watchOver(client, patience.pulse);
  prepare(client);
  try {
    await client.connect();
  } catch (error) {
    const why = watch.trouble ?? error, failed = redisError(why, "open the bus", {}, address);
    if (!away || isWrongAddress(why)) {
      client.disconnect();
      watch.end();
      throw failed;
    }
    away(failed);
  }
  let underWay = 0, closed = false;
  return {
    attempt: async (action, context, command) => {
      if (closed) throw new StoreError(`Cannot ${action}: the bus was closed`, context);
      if (underWay >= MOST_UNDER_WAY) {
        const reason = `Redis at ${placeOf(address)} has ${underWay} commands to answer already`;
        throw new StoreError(`Cannot ${action}: ${reason}`, context);
      }
      underWay++;
      try {
        return await command(client);
      } catch (error) {
        // Why there is no connection says more than that there is none.
        const why = client.status === "ready" || isRefusal(error) ? error : watch.trouble ?? error;
        throw redisError(why, action, context, address);
      } finally {
        underWay--;
      }
    },
    close: async () => {
      closed = true;
      watch.end();
      const ended = new Promise((resolve) => client.once("end", resolve));
      const open = OPEN.includes(client.status);
      client.disconnect();
      // One that is lost has nothing to end, and does not say so.
      if (open) await ended;
    },
  };
}

async function makeClient(address: RedisAddress, { answer }: RedisPatience): Promise<Redis> {
  const { secure, ...place } = address, Client = await loadRedis();
  return new Client({
    ...place,
    ...(secure && { tls: {} }),
    lazyConnect: true,
    connectionName: "lockstep-bus",
    disableClientInfo: true,
    connectTimeout: answer,
    commandTimeout: answer,
    disconnectTimeout: answer,
    retryStrategy: (times) => Math.min(25 * 2 ** Math.min(times, 10), LONGEST_WAIT),
    // What cannot be sent now is not sent later: it would be out of date, and there might be much of it.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // Done by whoever listens, who then knows when it is done.
    autoResubscribe: false,
  });
}

/** Notes what goes wrong with a connection, and has it made anew when it gives no sign of life. */
function watchOver(client: Redis, pulse: number): { trouble: unknown; end(): void } {
  let over = false, again: ReturnType<typeof setTimeout> | undefined;
  const feel = async () => {
    if (client.status !== "ready") return;
    try {
      await client.ping();
    } catch (error) {
      if (isRefusal(error)) return;
      watch.trouble = error;
      reconnect(client);
    }
  };
  const timer = setInterval(feel, pulse);
  const end = () => {
    over = true;
    clearInterval(timer);
    clearTimeout(again);
  };
  const watch = { trouble: undefined as unknown, end };
  // Without a listener the client prints them, with a stack trace.
  client.on("error", (error) => watch.trouble = error);
  client.on("ready", () => watch.trouble = undefined);
  // It gives up for good when it is cut off before it has begun to connect.
  client.on("end", () => {
    if (!over) again = setTimeout(() => client.connect().catch(() => {}), LONGEST_WAIT);
  });
  return watch;
}

/** Makes a connection anew that seemed to stand. One that is being made is left alone. */
export function reconnect(client: Redis): void {
  if (client.status === "ready") client.disconnect(true);
}
