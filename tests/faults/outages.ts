import { stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import type { Cluster } from "../support/cluster.ts";
import type { RedisServer } from "../support/redis.ts";
import { killServer, suspendServer } from "../support/server_process.ts";
import type { SmallDisk } from "../support/small_disk.ts";

/** What a database goes through in practice, and a Redis. */
export const OUTAGES = [
  "kill",
  "restart",
  "stop",
  "lock",
  "diskFull",
  "redisKill",
  "redisStop",
] as const;

/** A class of outages. */
export type OutageClass = typeof OUTAGES[number];

/** The servers of a run. */
export interface Servers {
  cluster: Cluster;
  /** The database's address. */
  url: string;
  /** The disk that the database lies on, where that is to be full. */
  disk?: SmallDisk;
  redis?: RedisServer;
  /** Sees to it that the database's server runs. */
  start(): Promise<void>;
}

/** So long do those have to last who are noticed by their silence, in milliseconds. */
export const PATIENCE = 2_000;

/** Takes a server away, waits for so many milliseconds, and brings it back. */
export const outages: Record<OutageClass, (servers: Servers, lasts: number) => Promise<void>> = {
  async kill({ cluster, url, start }, lasts) {
    await killServer(cluster.places, url);
    await sleep(lasts);
    await start();
  },
  async restart({ cluster, start }) {
    await stopEmbedded({ ...cluster.options, force: true });
    await start();
  },
  async stop({ cluster, url }, lasts) {
    const goOn = await suspendServer(cluster.places, url);
    await sleep(PATIENCE + lasts);
    await goOn();
  },
  async lock({ url }, lasts) {
    const { sql, close } = openConnection(url, 1, 60_000);
    await sql.begin(async (transaction) => {
      await transaction`lock table market_data, market_series, raw_trades, market_gaps`;
      await sleep(PATIENCE + lasts);
    });
    await close();
  },
  async diskFull({ disk, start }, lasts) {
    await disk!.fill();
    await sleep(lasts);
    await disk!.free();
    // One whose journal did not fit has ended itself.
    await start();
  },
  async redisKill({ redis }, lasts) {
    await redis!.signal("SIGKILL");
    await sleep(lasts);
    await redis!.start();
  },
  async redisStop({ redis }, lasts) {
    await redis!.signal("SIGSTOP");
    await sleep(PATIENCE + lasts);
    await redis!.signal("SIGCONT");
  },
};

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
