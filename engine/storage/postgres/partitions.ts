import type { Database } from "./connection.ts";
import { SCHEMA_LOCK } from "./migrate.ts";

/** Tables that are kept in one part for each calendar month (UTC), so that old ones drop at once. */
type PartitionedTable = "bot_performance" | "raw_trades";

/** Sees to it that there are parts of a table for the given times (UTC milliseconds). */
export type EnsurePartitions = (table: PartitionedTable, times: Iterable<number>) => Promise<void>;

/** Remembers which parts there are, so that nearly every call costs nothing. */
export function partitions(database: Database): EnsurePartitions {
  const known = new Set<string>();
  return async (table, times) => {
    const missing = new Map<string, Month>();
    let last: Month | undefined;
    for (const time of times) {
      if (last && time >= last.start && time < last.end) continue;
      last = monthOf(time);
      const name = `${table}_${last.name}`;
      if (!known.has(name)) missing.set(name, last);
    }
    if (missing.size === 0) return;
    await makePartitions(database, table, missing);
    for (const name of missing.keys()) known.add(name);
  };
}

interface Month {
  name: string;
  start: number;
  end: number;
}

function monthOf(time: number): Month {
  const date = new Date(time), year = date.getUTCFullYear(), month = date.getUTCMonth();
  const start = Date.UTC(year, month), end = Date.UTC(year, month + 1);
  return { name: new Date(start).toISOString().slice(0, 7).replace("-", "_"), start, end };
}

/** Under the lock, because two processes that make the same table at once would fail. */
async function makePartitions(
  database: Database,
  table: PartitionedTable,
  missing: ReadonlyMap<string, Month>,
): Promise<void> {
  const commands = [...missing].map(([name, { start, end }]) =>
    `create table if not exists ${name} partition of ${table}
       for values from ('${new Date(start).toISOString()}') to ('${new Date(end).toISOString()}');`
  );
  await database.attempt(
    `make partitions of ${table}`,
    { names: [...missing.keys()] },
    (sql) =>
      sql.begin(async (transaction) => {
        await transaction`select pg_advisory_xact_lock(${SCHEMA_LOCK})`;
        // A part refers to its bots; whoever writes decisions locks in this order, too.
        if (table === "bot_performance") {
          await transaction`lock table bots in share row exclusive mode`;
        }
        await transaction.unsafe(commands.join("\n"));
      }),
  );
}
