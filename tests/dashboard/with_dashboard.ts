import { type Dashboard, LIMITS, openDashboard } from "../../engine/dashboard/dashboard.ts";
import type { DashboardPlace } from "../../engine/dashboard/place.ts";
import { botControl } from "../../engine/live/wishes/bot_control.ts";
import { systemClock } from "../../engine/live/system_clock.ts";
import type { Store } from "../../engine/ports/store.ts";
import { deafBus } from "../live/faults.ts";
import { withStore } from "../support/database.ts";

/** A dashboard of a test's own, over a database of its own. */
export interface Served {
  store: Store;
  dashboard: Dashboard;
  /** Its address without the slash at the end. */
  url: string;
  /** What it said. */
  logs: string[];
}

/** Runs `test` with a dashboard on a real port, over a fresh database. */
export async function withDashboard(
  test: (served: Served) => Promise<void>,
  change: Partial<DashboardPlace> = {},
  limits: Partial<typeof LIMITS> = {},
): Promise<void> {
  await withStore(async (fresh) => {
    const { store = fresh } = change;
    const logs: string[] = [], log = (message: string) => logs.push(message);
    const control = botControl({ store, bus: deafBus, clock: systemClock });
    const place = { control, clock: systemClock, log, ...change, store };
    const dashboard = await openDashboard(place, { hostname: "127.0.0.1", port: 0 }, limits);
    try {
      await test({ store, dashboard, url: dashboard.url.slice(0, -1), logs });
    } finally {
      await dashboard.close();
    }
  });
}

/** What came of a request. */
export interface Answered {
  status: number;
  text: string;
  headers: Headers;
}

/** Asks as a browser or a program would. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(url, { redirect: "manual", ...init });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** Sends these very bytes, and gives what is answered until the other end closes. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(text)).catch(() => {});
  return await new Response(connection.readable).text().catch(() => "");
}
