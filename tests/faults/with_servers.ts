import { startEmbedded, stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { withCluster } from "../support/cluster.ts";
import { type RedisServer, withRedis } from "../support/redis.ts";
import { mayMount, withSmallDisk } from "../support/small_disk.ts";
import type { OutageClass, Servers } from "./outages.ts";

/** A journal of two files, and a run's trades several times. */
const SMALL = "256m";

/** Why outages of a class cannot be tried here, if so. */
export function skipped(outage: OutageClass): string | undefined {
  if (outage === "diskFull" && !mayMount()) return "since no disk may be mounted here";
  if (outage.startsWith("redis") && !mayRun("deno")) return "since no Redis may be run here";
}

function mayRun(command: string): boolean {
  return Deno.permissions.querySync({ name: "run", command }).state === "granted";
}

/** Runs `use` with servers of its own, as an outage needs them; they are gone afterwards. */
export async function withServers(
  outage: OutageClass,
  use: (servers: Servers) => Promise<void>,
): Promise<void> {
  const withDatabase = (redis?: RedisServer) =>
    withCluster(async (cluster) => {
      const { options, places } = cluster;
      // Set up where there is room.
      const run = async (disk?: Servers["disk"]) => {
        const started: (() => Promise<void>)[] = [];
        const start = async () => {
          const { url, release } = await startEmbedded(options);
          started.push(release);
          return url("postgres");
        };
        const url = await start();
        try {
          await use({ cluster, url, disk, redis, start: async () => void await start() });
        } finally {
          for (const release of started) await release();
          await stopEmbedded({ ...options, force: true });
        }
      };
      if (outage !== "diskFull") return await run();
      await (await startEmbedded(options)).release();
      await withSmallDisk(places.data, SMALL, run);
    });
  await (outage.startsWith("redis") ? withRedis(withDatabase) : withDatabase());
}
