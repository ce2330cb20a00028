import postgres from "postgres";
import type { Bus, BusMessage } from "../ports/bus.ts";
import { StoreError } from "../ports/store_errors.ts";

/** The one channel of PostgreSQL that everything goes through; ours are inside the payload. */
const CHANNEL = "lockstep_bus";

/** PostgreSQL takes payloads below 8,000 bytes. */
const MOST_BYTES = 7_999;

/** The longest wait between two attempts to reach a lost server, in seconds. */
const LONGEST_WAIT = 1;

type Listener = (message: BusMessage) => void;

/** Who listens on which of our channels. */
type Listeners = Map<string, Set<{ listener: Listener }>>;

/**
 * A bus over LISTEN and NOTIFY in the PostgreSQL database at `url`. After a restart of the server it
 * listens again by itself; what was said meanwhile is lost.
 */
export async function openPostgresBus(url: string): Promise<Bus> {
  const listeners: Listeners = new Map();
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    fetch_types: false,
    backoff: (retries: number) => Math.min(3 ** retries / 100, LONGEST_WAIT),
    connection: { application_name: "lockstep bus" },
    onnotice: () => {},
  });
  const end = () => sql.end({ timeout: 2 });
  try {
    await attempt("listen to the bus", async () => {
      await sql.listen(CHANNEL, (payload) => deliver(listeners, payload));
    });
  } catch (error) {
    await end();
    throw error;
  }
  return {
    publish: (channel, message) => publish(sql, channel, message),
    subscribe: (channel, listener) => Promise.resolve(subscribe(listeners, channel, listener)),
    close: async () => {
      listeners.clear();
      await end();
    },
  };
}

async function publish(sql: postgres.Sql, channel: string, message: BusMessage): Promise<void> {
  const payload = JSON.stringify({ channel, message });
  const bytes = new TextEncoder().encode(payload).length;
  if (bytes > MOST_BYTES) {
    throw new StoreError(
      `Cannot publish on "${channel}": the message takes ${bytes} bytes of at most ${MOST_BYTES}. ` +
        `Send the key of what changed, not the thing itself`,
      { channel, bytes },
    );
  }
  await attempt(`publish on "${channel}"`, async () => {
    await sql.notify(CHANNEL, payload);
  });
}

function subscribe(
  listeners: Listeners,
  channel: string,
  listener: Listener,
): () => Promise<void> {
  // An entry of its own, so that a listener that subscribes twice is called twice.
  const entry = { listener };
  const entries = listeners.get(channel) ?? new Set();
  listeners.set(channel, entries.add(entry));
  return () => {
    entries.delete(entry);
    return Promise.resolve();
  };
}

function deliver(listeners: Listeners, payload: string): void {
  const parsed = parse(payload);
  if (!parsed) return;
  for (const { listener } of listeners.get(parsed.channel) ?? []) {
    // On its own, so that a listener that throws keeps neither the others nor the driver from going on.
    queueMicrotask(() => listener(parsed.message));
  }
}

/** What a payload says; nothing if somebody else wrote it. */
function parse(payload: string): { channel: string; message: BusMessage } | undefined {
  try {
    const { channel, message } = JSON.parse(payload);
    return typeof channel === "string" && message ? { channel, message } : undefined;
  } catch {
    return undefined;
  }
}

async function attempt(action: string, query: () => Promise<void>): Promise<void> {
  try {
    await query();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(`Cannot ${action}: ${reason}`, {}, { cause });
  }
}
