import { systemClock } from "../../../engine/live/system_clock.ts";
import { openConnection } from "../../../engine/storage/postgres/connection.ts";

/** How far the bots of a run are, looked at now and then. */
export interface Progress {
  /** Close time of the last candle that they decide. */
  end: number;
  /** Each time that it was looked: at `performance.now()`, the candle that all bots have decided. */
  seen: readonly { at: number; through: number; owners: readonly string[] }[];
  /** Resolves when all bots have decided all; false if they get no further for a minute. */
  finished(): Promise<boolean>;
  close(): Promise<void>;
}

/** Milliseconds between two looks. */
const LOOK = 40;

/** Who gets no further for so long is stuck, in milliseconds. */
const PATIENCE = 60_000;

/** Watches the cursors of so many bots in a database, which may be away now and then. */
export function watchProgress(url: string, bots: number, end: number): Progress {
  const seen: { at: number; through: number; owners: string[] }[] = [],
    stop = new AbortController();
  const database = openConnection(url, 1, 3_000);
  const look = async () => {
    const rows = await database.attempt(
      "look",
      {},
      (sql) =>
        sql<{ cursor: Date | null; owner: string | null }[]>`
        select cursor, lease_owner as owner from bots`,
    );
    const cursors = rows.map(({ cursor }) => cursor?.getTime() ?? -Infinity);
    const through = rows.length < bots ? -Infinity : Math.min(...cursors);
    seen.push({ at: performance.now(), through, owners: rows.map(({ owner }) => owner ?? "") });
  };
  const watching = (async () => {
    while (!stop.signal.aborted) {
      // It may be away, or have no tables yet.
      await look().catch(() => {});
      await systemClock.sleep(LOOK, stop.signal);
    }
  })();
  return {
    ...{ end, seen },
    async finished() {
      let best = -Infinity, since = performance.now();
      for (;;) {
        const through = seen.at(-1)?.through ?? -Infinity;
        if (through >= end) return true;
        if (through > best) [best, since] = [through, performance.now()];
        if (performance.now() - since > PATIENCE) return false;
        await systemClock.sleep(LOOK);
      }
    },
    async close() {
      stop.abort();
      await watching;
      await database.close();
    },
  };
}
