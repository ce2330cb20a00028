import { Command } from "commander";
import type { Address } from "../dashboard/listen.ts";
import { systemClock } from "../live/system_clock.ts";
import { openBus } from "./bus.ts";
import { closing } from "./closing.ts";
import { DASHBOARD, dashboardAddress } from "./dashboard_address.ts";
import { openDatabase } from "./database.ts";
import { guardDriver } from "./driver_guard.ts";
import { serveDashboard } from "./open_dashboard.ts";
import { note } from "./output.ts";
import { stopSignal } from "./stop_signal.ts";

/** The longest that a timer can wait. */
const FOREVER = 2 ** 31 - 1;

const MORE = `
Where others can reach it, LOCKSTEP_DASHBOARD_TOKEN is asked for (16 characters or more), and
LOCKSTEP_NET=--allow-net lets the task listen there. LOCKSTEP_DASHBOARD_NAMES are the names by which
it may be called, with commas between them.

Example:
  deno task dashboard
  deno task dashboard --at 127.0.0.1:9000`;

/** `dashboard [--at HOST:PORT]` */
export function dashboardCommand(): Command {
  return new Command()
    .description("Show the bots in the database on a web page; live does so itself")
    .option("--at <host:port>", "where (127.0.0.1:8000, or the next port)", dashboardAddress)
    .addHelpText("after", MORE)
    .action(run);
}

async function run({ at = DASHBOARD }: { at?: Address }): Promise<void> {
  const stop = stopSignal("the page says goodbye");
  guardDriver();
  const database = await openDatabase();
  await closing(database, async () => {
    const bus = await openBus(database.url, note);
    await closing(bus, async () => {
      const dashboard = await serveDashboard({ url: database.url, bus }, at);
      await closing(dashboard, async () => {
        note(`Dashboard at ${dashboard.url}`);
        while (!stop.aborted) await systemClock.sleep(FOREVER, stop);
      });
    });
  });
}
