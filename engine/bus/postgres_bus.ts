import type { Bus } from "../ports/bus.ts";
import { openLastingConnection } from "./lasting_connection.ts";
import { Listeners } from "./listeners.ts";
import { envelope, openEnvelope } from "./payload.ts";
import { publishing } from "./publishing.ts";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 5_000;

/**
 * A bus over LISTEN and NOTIFY in the PostgreSQL database at `url`. After a restart of the server it
 * listens again by itself; what was said meanwhile is lost, and who listens is told so. Until then
 * `publish` throws a `StoreError` at once; so does this, if the database cannot be reached.
 */
export async function openPostgresBus(url: string, patience = PATIENCE): Promise<Bus> {
  const listeners = new Listeners();
  const connection = await openLastingConnection(url, patience, {
    hear: (payload) => deliver(listeners, payload),
    back: () => listeners.missed(),
  });
  const publish = publishing(connection.send);
  return {
    publish: async (channel, message) => await publish(envelope(channel, message)),
    subscribe: (...wanted) => {
      const remove = listeners.add(...wanted);
      return Promise.resolve(() => Promise.resolve(remove()));
    },
    close: async () => {
      listeners.clear();
      await connection.close();
    },
  };
}

function deliver(listeners: Listeners, payload: string): void {
  const parsed = openEnvelope(payload);
  if (parsed) listeners.deliver(parsed.channel, parsed.message);
}
