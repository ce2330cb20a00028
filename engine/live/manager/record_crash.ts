import { statusChannel, SYSTEM_CHANNEL } from "../../ports/bus.ts";
import { restartDelay } from "./restarts.ts";
import { type Claimed, sayStatus } from "./say_status.ts";
import type { Workplace } from "./workplace.ts";

/**
 * Records that a bot has crashed. Returns how long to wait before it is started again, in milliseconds; or
 * puts it into quarantine and announces that, if it crashes too often.
 */
export async function recordCrash(
  place: Workplace,
  bot: Claimed & { market?: string },
  reason: string,
): Promise<number | "quarantine"> {
  const { store, bus, clock, log } = place, { id, epoch, market } = bot;
  const now = clock.now(), delay = restartDelay((await store.bots.find(id))?.restarts ?? [], now);
  if (delay === "quarantine") {
    await sayStatus(place, bot, { status: "quarantined", reason });
    log(`${id}: crashed again, quarantined: ${reason}`, { level: "error", bot: id, market });
    await bus.publish(SYSTEM_CHANNEL, { event: "quarantined", bot: id, reason });
    return delay;
  }
  await store.bots.crashed(id, epoch, now, reason);
  await bus.publish(statusChannel(id), { status: "crashed", reason });
  const again = `starting again in ${delay / 1_000} s`;
  log(`${id}: crashed, ${again}: ${reason}`, { level: "error", bot: id, market });
  return delay;
}
