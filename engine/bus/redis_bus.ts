import type { Redis } from "ioredis";
import type { Bus } from "../ports/bus.ts";
import { StoreError } from "../ports/store_errors.ts";
import { Listeners } from "./listeners.ts";
import { payloadOf, readPayload } from "./payload.ts";
import { readRedisAddress } from "./redis_address.ts";
import {
  openRedisConnection,
  reconnect,
  type RedisConnection,
  type RedisPatience,
} from "./redis_connection.ts";
import { isRefusal } from "./redis_error.ts";

/** So a lost connection is found out after 7 s at most. */
const PATIENCE: RedisPatience = { answer: 2_000, pulse: 5_000 };

/**
 * A bus over the Redis at `url` (redis://user:password@host:port/database). Its channels are Redis's
 * own, the same in every database of the server. A lost connection comes back by itself: until then
 * `publish` throws at once, and then who listens is told that messages may have been lost.
 *
 * Throws a `StoreError` if the address is none of a Redis or it lets the user not in; and if it cannot
 * be reached, unless there is `away`, which is told so: the bus is then as one whose connection is lost.
 */
export async function openRedisBus(
  url: string,
  patience = PATIENCE,
  away?: (error: StoreError) => void,
): Promise<Bus> {
  const address = readRedisAddress(url), listeners = new Listeners();
  const tell = once(away);
  // Two connections, because before Redis 6 one that listens cannot speak.
  const speaking = await openRedisConnection(address, patience, undefined, tell);
  let listening: RedisConnection;
  try {
    const prepare = (client: Redis) => hear(client, listeners);
    listening = await openRedisConnection(address, patience, prepare, tell);
  } catch (error) {
    await speaking.close();
    throw error;
  }
  return {
    publish: async (channel, message) => {
      const payload = payloadOf(channel, message), action = `publish on "${channel}"`;
      await speaking.attempt(action, { channel }, (client) => client.publish(channel, payload));
    },
    subscribe: async (channel, listener, missed) => {
      const remove = listeners.add(channel, listener, missed);
      try {
        await listenTo(listening, channel);
      } catch (error) {
        remove();
        throw error;
      }
      return async () => {
        remove();
        if (!listeners.has(channel)) await stopListening(listening, channel);
      };
    },
    close: async () => {
      listeners.clear();
      await Promise.all([speaking.close(), listening.close()]);
    },
  };
}

/** `tell`, of which only the first call does anything: of two connections, for one reason. */
function once<T>(tell: ((what: T) => void) | undefined): typeof tell {
  let isTold = false;
  return tell && ((what) => {
    if (!isTold) tell(what);
    isTold = true;
  });
}

/** Has a client deliver what it hears, and listen again when its connection is back. */
function hear(client: Redis, listeners: Listeners): void {
  client.on("message", (channel, text) => {
    const message = readPayload(text);
    if (message) listeners.deliver(channel, message);
  });
  client.on("ready", async () => {
    try {
      await Promise.all(listeners.channels.map((channel) => client.subscribe(channel)));
    } catch (error) {
      // One that is refused says so to who subscribes; anything else is tried once more.
      if (!isRefusal(error)) return reconnect(client);
    }
    listeners.missed();
  });
}

async function listenTo(listening: RedisConnection, channel: string): Promise<void> {
  try {
    const action = `listen to "${channel}"`;
    await listening.attempt(action, { channel }, (client) => client.subscribe(channel));
  } catch (error) {
    // A lost connection listens to it when it is back, and says that messages may have been lost.
    if (!(error instanceof StoreError && error.context.lost)) throw error;
  }
}

async function stopListening(listening: RedisConnection, channel: string): Promise<void> {
  // A connection that is lost does not listen any more.
  await listening.attempt(`leave "${channel}"`, {}, (client) => client.unsubscribe(channel))
    .catch(() => {});
}
