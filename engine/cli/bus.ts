import { openPostgresBus } from "../bus/postgres_bus.ts";
import { openRedisBus } from "../bus/redis_bus.ts";
import type { Bus } from "../ports/bus.ts";

/**
 * Opens the bus: over the Redis that the environment names with REDIS_URL; without it, over the
 * database at `databaseUrl`.
 */
export async function openBus(databaseUrl: string): Promise<Bus> {
  const redis = Deno.env.get("REDIS_URL");
  return redis ? await openRedisBus(redis) : await openPostgresBus(databaseUrl);
}
