import { seriesViews } from "../dashboard/data_view.ts";
import { MOST_BOTS } from "../dashboard/followers.ts";
import { MOST_SERIES } from "../dashboard/health.ts";
import { systemClock } from "../live/system_clock.ts";
import { type Notifier, startNotifier } from "../notify/notifier.ts";
import type { Receiver } from "../notify/receivers/receiver.ts";
import type { Store } from "../ports/store.ts";
import { openStore } from "../storage/postgres/store.ts";
import { note } from "./output.ts";

/** Who is told, and how often in a minute. */
export interface Notifying {
  receivers: readonly Receiver[];
  perMinute: number;
}

/** Tells people what happens to the bots of the database at `url`, by a connection of its own. */
export async function liveNotifier(
  url: string,
  notifying: Notifying | undefined,
  stop: AbortSignal,
): Promise<Notifier> {
  if (notifying?.receivers.length === 0) note("Nobody is notified: the settings name no receiver");
  if (!notifying?.receivers.length) return NOBODY;
  const store = await openStore(url, { connections: 1 });
  const look = () => lookAt(store);
  const notifier = startNotifier({ ...notifying, look, clock: systemClock, log: note, stop });
  const close = async () => {
    await notifier.close();
    await store.close();
  };
  return { ...notifier, close };
}

const NOBODY: Notifier = { receivers: () => [], close: () => Promise.resolve() };

async function lookAt({ watch }: Store) {
  const { now, bots } = await watch.glance({ limit: MOST_BOTS });
  const series = seriesViews(await watch.series(MOST_SERIES), bots, now);
  return { bots, stale: series.filter(({ needed, stale }) => needed && stale) };
}
