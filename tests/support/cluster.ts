import { lockstepHome } from "../../engine/storage/server.ts";
import { stopEmbedded } from "../../engine/storage/embedded/embedded.ts";
import { type Home, homeAt } from "../../engine/storage/embedded/home.ts";

/** What `startEmbedded` takes, and where that puts things. */
export interface Cluster {
  options: { home: string; cluster: string };
  places: Home;
}

/** Runs `test` with a database server of its own, not set up yet, which is removed afterwards. */
export async function withCluster(test: (cluster: Cluster) => Promise<void>): Promise<void> {
  const cluster = `test_${crypto.randomUUID().slice(0, 8)}`;
  const options = { home: lockstepHome(), cluster }, places = homeAt(options.home, cluster);
  try {
    await test({ options, places });
  } finally {
    await stopEmbedded({ ...options, force: true });
    for (const path of [places.data, places.password, places.port]) {
      await Deno.remove(path, { recursive: true }).catch(() => {});
    }
  }
}
