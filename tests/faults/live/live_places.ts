import { databaseUrl } from "../../../engine/storage/postgres/connection.ts";
import { createDatabase, dropDatabase } from "../../../engine/storage/postgres/databases.ts";
import { type RedisServer, withRedis } from "../../support/redis.ts";
import type { OutageClass, Servers } from "../outages.ts";
import { skipped, withServers } from "../with_servers.ts";
import type { LiveClass, LiveKind } from "./live_classes.ts";

/** Where a run has its tables, and who wakes its bots. */
export interface LivePlace {
  database: string;
  redis?: RedisServer;
  /** Servers of its own, where something is done to these. */
  servers?: Servers;
}

/** What is done to the servers of a class, so that it needs some of its own. */
const OUTAGE: Readonly<Partial<Record<LiveClass, OutageClass>>> = {
  databaseKill: "kill",
  databaseStop: "stop",
  databaseFull: "diskFull",
  redis: "redisKill",
  combined: "redisStop",
};

/** Why a class cannot be tried here, if so. */
export function skippedLive(faults: LiveClass): string | undefined {
  const outage = OUTAGE[faults];
  return outage && skipped(outage);
}

/** Runs `use` with a database on `server`, or with servers of its own, as its kind needs it. */
export async function withLivePlace<T>(
  { faults, bus }: Partial<LiveKind>,
  server: string,
  use: (place: LivePlace) => Promise<T>,
): Promise<T> {
  const outage = faults && OUTAGE[faults];
  if (outage) {
    let result: T | undefined;
    await withServers(outage, async (servers) => {
      result = await use({ database: servers.url, redis: servers.redis, servers });
    });
    return result!;
  }
  const name = `lockstep_faults_${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  await createDatabase(server, name, { throwaway: true });
  try {
    const database = databaseUrl(server, name);
    if (bus !== "redis") return await use({ database });
    return await withRedis((redis) => use({ database, redis }));
  } finally {
    await dropDatabase(server, name);
  }
}
