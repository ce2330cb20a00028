import { messageOf } from "../../market/errors.ts";
import { instrumentKey } from "../../market/trade.ts";
import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotRecord } from "../../ports/bots.ts";
import { type Bus, statusChannel, SYSTEM_CHANNEL } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";
import { verifyAndRecord } from "./verify_and_record.ts";

/** Who verifies bots by night, and when. */
export interface NightlyOptions {
  store: Store;
  bus: Bus;
  clock: Clock;
  log: Tell;
  stop: AbortSignal;
  /** The hour of the day at which it begins, UTC: 0 to 23. */
  hour: number;
  /** The bots that are at work here; others' runners look after theirs. */
  mine: () => readonly string[];
}

const HOUR = 3_600_000, DAY = 24 * HOUR, WEEK = 7 * DAY;

/** Rows that are taken at once: no bot here waits longer than that takes. */
const PAGE = 500;

/** After each of these it rests for so many times as long as they took. */
const REST = 4;

/** Text that fits a message of the bus with room to spare. */
const MOST_TOLD = 300;

/**
 * Verifies bots once a night until `stop` aborts: those that are at work here, and, once a week, those that
 * are at work nowhere. It goes slowly, so that decisions do not wait for it. Whatever fails is said, and
 * is tried again the next night.
 */
export async function verifyNightly(options: NightlyOptions): Promise<void> {
  const { clock, hour, stop } = options;
  while (!stop.aborted) {
    const due = nextAt(hour, clock.now());
    await clock.sleep(due - clock.now(), stop);
    if (!stop.aborted) await verifyDue(options, due);
  }
}

/** The next time at which the clock strikes `hour`, UTC. */
function nextAt(hour: number, now: number): number {
  const today = Math.floor(now / DAY) * DAY + hour * HOUR;
  return today > now ? today : today + DAY;
}

async function verifyDue(options: NightlyOptions, due: number): Promise<void> {
  const { store, log, stop, mine } = options;
  try {
    for (const bot of await store.bots.list()) {
      const isOurs = mine().includes(bot.id), isIdle = !AT_WORK.includes(bot.status);
      const since = bot.verification?.at ?? -Infinity;
      if (stop.aborted) return;
      if (isOurs ? since < due : isIdle && since < due - WEEK) await verifyOne(options, bot);
    }
  } catch (error) {
    if (!stop.aborted) log(`Could not verify the bots: ${messageOf(error)}`, { level: "warning" });
  }
}

async function verifyOne(options: NightlyOptions, { id, config }: BotRecord): Promise<void> {
  const { store, bus, clock, log, stop } = options;
  const about = { bot: id, market: instrumentKey(config.market) };
  let begun = clock.monotonic();
  const pace = async () => {
    const rest = REST * (clock.monotonic() - begun);
    if (rest > 0) await clock.sleep(rest, stop);
    stop.throwIfAborted();
    begun = clock.monotonic();
  };
  try {
    const { outcome, detail } = await verifyAndRecord(store, id, () => clock.now(), {
      page: PAGE,
      pace,
    });
    if (outcome !== "diverged") return;
    log(`${id}: diverged: ${detail}`, { level: "error", ...about });
    const reason = detail.slice(0, MOST_TOLD);
    await bus.publish(statusChannel(id), { status: outcome, reason });
    await bus.publish(SYSTEM_CHANNEL, { event: outcome, bot: id, reason });
  } catch (error) {
    if (stop.aborted) return;
    log(`${id}: could not be verified: ${messageOf(error)}`, { level: "warning", ...about });
  }
}
