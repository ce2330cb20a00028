import { SYSTEM_CHANNEL } from "../../ports/bus.ts";
import { restartDelay } from "./restarts.ts";
import { type Claimed, sayStatus } from "./say_status.ts";
import type { Workplace } from "./workplace.ts";

/**
 * Records that a bot has crashed. Returns how long to wait before it is started again, in milliseconds; or
 * puts it into quarantine and announces that, if it crashes too often.
 */
export async function recordCrash(
  place: Workplace,
  bot: Claimed,
  reason: string,
): Promise<number | "quarantine"> {
  const { store, bus, clock, log } = place, { id, epoch } = bot;
  const now = clock.now(), delay = restartDelay((await store.bots.find(id))?.restarts ?? [], now);
  if (delay === "quarantine") {
    await sayStatus(place, bot, { status: "quarantined", reason });
    log(`${id}: crashed again, quarantined: ${reason}`);
    await bus.publish(SYSTEM_CHANNEL, { event: "quarantined", bot: id, reason });
    return delay;
  }
  await sayStatus(place, bot, { status: "crashed", reason });
  await store.bots.recordRestart(id, epoch, now);
  log(`${id}: crashed, starting again in ${delay / 1_000} s: ${reason}`);
  return delay;
}
