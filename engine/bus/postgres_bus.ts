import postgres from "postgres";
import { messageOf } from "../market/errors.ts";
import type { Bus } from "../ports/bus.ts";
import { StoreError } from "../ports/store_errors.ts";
import { Listeners } from "./listeners.ts";
import { envelope, openEnvelope } from "./payload.ts";
import { publishing } from "./publishing.ts";

/** The one channel of PostgreSQL that everything goes through; ours are inside the payload. */
const CHANNEL = "lockstep_bus";

/** The longest wait between two attempts to reach a lost server, in seconds. */
const LONGEST_WAIT = 1;

/**
 * A bus over LISTEN and NOTIFY in the PostgreSQL database at `url`. After a restart of the server it
 * listens again by itself; what was said meanwhile is lost, and who listens is told so.
 */
export async function openPostgresBus(url: string): Promise<Bus> {
  const listeners = new Listeners();
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
      // The last is called whenever it listens again; the first time there is nobody yet to tell.
      await sql.listen(CHANNEL, (payload) => deliver(listeners, payload), () => listeners.missed());
    });
  } catch (error) {
    await end();
    throw error;
  }
  const publish = publishing(async (payloads) => {
    await sql`select pg_notify(${CHANNEL}, payload)
      from unnest(array(select jsonb_array_elements_text(${JSON.stringify(payloads)}::text::jsonb)))
        as payload`;
  });
  return {
    publish: async (channel, message) => {
      const payload = envelope(channel, message);
      await attempt(`publish on "${channel}"`, () => publish(payload));
    },
    subscribe: (...wanted) => {
      const remove = listeners.add(...wanted);
      return Promise.resolve(() => Promise.resolve(remove()));
    },
    close: async () => {
      listeners.clear();
      await end();
    },
  };
}

function deliver(listeners: Listeners, payload: string): void {
  const parsed = openEnvelope(payload);
  if (parsed) listeners.deliver(parsed.channel, parsed.message);
}

async function attempt(action: string, query: () => Promise<void>): Promise<void> {
  try {
    await query();
  } catch (cause) {
    const reason = messageOf(cause);
    throw new StoreError(`Cannot ${action}: ${reason}`, {}, { cause });
  }
}
