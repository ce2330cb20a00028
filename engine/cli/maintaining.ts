import { systemClock } from "../live/system_clock.ts";
import type { MaintenanceOptions, Store } from "../ports/store.ts";
import { note } from "./output.ts";

/** How often the store is looked after, in milliseconds: months are made and dropped in time. */
const PERIOD = 6 * 3_600_000;

/** Looks after a store now and a few times a day, until `stop` aborts. Failing does no harm. */
export async function maintaining(
  store: Store,
  retention: Omit<MaintenanceOptions, "now">,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      const { dropped } = await store.maintain({ ...retention, now: systemClock.now() });
      for (const { table, month } of dropped) note(`Dropped ${month} of ${table}, as it is told`);
    } catch (error) {
      const trouble = error instanceof Error ? error.message : error;
      note(`Could not look after the database: ${trouble}`, { level: "warning" });
    }
    await systemClock.sleep(PERIOD, stop);
  }
}
