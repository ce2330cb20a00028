import { type Dashboard, openDashboard } from "../dashboard/dashboard.ts";
import type { DashboardPlace } from "../dashboard/place.ts";
import type { Address } from "../dashboard/listen.ts";
import { botControl } from "../live/wishes/bot_control.ts";
import { systemClock } from "../live/system_clock.ts";
import { InputError } from "../market/errors.ts";
import { recordedVenue } from "../market/replay_venue.ts";
import type { Bus } from "../ports/bus.ts";
import { openStore } from "../storage/postgres/store.ts";
import type { Config } from "../strategy/config.ts";
import { isEdited } from "../strategy/load.ts";
import { note } from "./output.ts";

/** Connections that the dashboard has for itself: bots never wait for it. */
const CONNECTIONS = 2;

/** What a dashboard shows. */
export interface Shown extends Pick<DashboardPlace, "receivers"> {
  /** The database's address. */
  url: string;
  /** Wakes the runners. */
  bus: Bus;
}

/**
 * Serves the dashboard over a database, with the token and the names that the environment gives. Throws an
 * `InputError` if it cannot be had there.
 */
export async function serveDashboard(
  { url, bus, receivers }: Shown,
  address: Address,
): Promise<Dashboard> {
  const token = Deno.env.get("LOCKSTEP_DASHBOARD_TOKEN") || undefined;
  const names = (Deno.env.get("LOCKSTEP_DASHBOARD_NAMES") ?? "").split(",").map((n) => n.trim());
  const store = await openStore(url, { connections: CONNECTIONS });
  try {
    const control = botControl({ store, bus, clock: systemClock });
    const known = { token, names: names.filter(Boolean) };
    const place = {
      store,
      control,
      clock: systemClock,
      log: note,
      receiptFits,
      receivers,
      ...known,
    };
    const dashboard = await openDashboard(place, address);
    const close = async () => {
      await dashboard.close();
      await store.close();
    };
    return { ...dashboard, close };
  } catch (error) {
    await store.close();
    throw mended(error, address);
  }
}

/** A tape is of the venue that it was recorded on. */
function receiptFits(config: Config): boolean {
  const { market } = config, exchange = recordedVenue(market.exchange);
  return !isEdited({ ...config, market: { ...market, exchange } });
}

/** Without the permission to listen there, it is said how to give it. */
function mended(error: unknown, { hostname, port }: Address): unknown {
  if (!(error instanceof Deno.errors.NotCapable)) return error;
  return new InputError(
    `Cannot show the dashboard at ${hostname}:${port}: the task may listen on 127.0.0.1 only. Put ` +
      `LOCKSTEP_NET=--allow-net before the command`,
  );
}
