import { forgivingBus } from "../bus/forgiving_bus.ts";
import { openPostgresBus } from "../bus/postgres_bus.ts";
import { openRedisBus } from "../bus/redis_bus.ts";
import { answering } from "../live/answering.ts";
import { systemClock } from "../live/system_clock.ts";
import type { Bus } from "../ports/bus.ts";
import type { Tell } from "../ports/tell.ts";

/**
 * Opens the bus: over the Redis that the environment names with REDIS_URL; without it, over the
 * database at `databaseUrl`. A Redis that is away is no reason not to start, for the database is the
 * truth: `tell` is told so, everyone looks by the clock, and it is used when it is there. The same of one
 * that goes away later, or does not answer: nothing of the bus throws but this. Throws a `StoreError` if
 * REDIS_URL cannot be right.
 */
export async function openBus(databaseUrl: string, tell: Tell): Promise<Bus> {
  const bus = await openAnyBus(databaseUrl, tell);
  return forgivingBus(answering(bus, "The bus", systemClock), tell);
}

async function openAnyBus(databaseUrl: string, tell: Tell): Promise<Bus> {
  const redis = Deno.env.get("REDIS_URL");
  if (!redis) return await openPostgresBus(databaseUrl);
  const away = ({ message }: Error) =>
    tell(`Everyone looks by the clock for now: ${message}`, { level: "warning" });
  return await openRedisBus(redis, undefined, away);
}
