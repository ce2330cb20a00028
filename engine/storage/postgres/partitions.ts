import { StoreError } from "../../ports/store_errors.ts";
import type { Database } from "./connection.ts";
import { SCHEMA_LOCK } from "./migrate.ts";
import { type Month, monthOf } from "./month.ts";

/** Tables that are kept in one part for each calendar month (UTC), so that old ones drop at once. */
export type PartitionedTable = "bot_performance" | "raw_trades";

/** The parts of the tables that are kept by months. */
export interface Partitions {
  /**
   * Runs `write`, which puts rows of the given times (UTC milliseconds) into a table, once there are
   * parts for them.
   */
  writing<T>(
    table: PartitionedTable,
    times: readonly number[],
    write: () => Promise<T>,
  ): Promise<T>;
  /** Makes the parts that are missing; returns the months of those. */
  make(table: PartitionedTable, months: readonly Month[]): Promise<Month[]>;
  /** Forgets which parts there are: some have been dropped. */
  forget(): void;
}

/** Remembers which parts there are, so that nearly every call of `writing` costs nothing. */
export function partitions(database: Database): Partitions {
  const known = new Set<string>();
  const make = async (table: PartitionedTable, months: readonly Month[]) => {
    const missing = await missingOf(database, table, months);
    if (missing.length > 0) await makeParts(database, table, missing);
    for (const month of months) known.add(partName(table, month));
    return missing;
  };
  const ensure = async (table: PartitionedTable, times: readonly number[]) => {
    const unknown = monthsAt(table, times).filter((month) => !known.has(partName(table, month)));
    if (unknown.length > 0) await make(table, unknown);
  };
  return {
    make,
    forget: () => known.clear(),
    writing: async (table, times, write) => {
      await ensure(table, times);
      try {
        return await write();
      } catch (error) {
        if (!hasNoPart(error)) throw error;
        // Another process dropped an old part that we knew.
        known.clear();
        await ensure(table, times);
        return await write();
      }
    },
  };
}

/** The name of a table's part. */
export function partName(table: PartitionedTable, month: Month): string {
  return `${table}_${month.name.replace("-", "_")}`;
}

function monthsAt(table: PartitionedTable, times: readonly number[]): Month[] {
  const months = new Map<string, Month>();
  let last: Month | undefined;
  for (const time of times) {
    if (last && time >= last.start && time < last.end) continue;
    if (Number.isNaN(new Date(time).getTime())) {
      throw new StoreError(`Cannot store in ${table}: ${time} is no time`, { table, time });
    }
    last = monthOf(time);
    months.set(last.name, last);
  }
  return [...months.values()];
}

/** PostgreSQL has no code of its own for it: a check is violated, and it is none that has a name. */
function hasNoPart(error: unknown): boolean {
  if (!(error instanceof StoreError)) return false;
  return error.context.code === "23514" && error.context.constraint === undefined;
}

/** The months of a table's parts that are named as we name them, oldest first. */
export async function monthsOf(database: Database, table: PartitionedTable): Promise<string[]> {
  const rows = await database.attempt(
    `look for parts of ${table}`,
    { table },
    (sql) =>
      sql<{ name: string }[]>`
      select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = ${table}::regclass`,
  );
  const months = rows.map(({ name }) => name.slice(table.length + 1).replace("_", "-"))
    .filter((month) => /^\d{4}-\d\d$/.test(month));
  return months.sort();
}

async function missingOf(
  database: Database,
  table: PartitionedTable,
  months: readonly Month[],
): Promise<Month[]> {
  const names = months.map((month) => partName(table, month));
  const there = await database.attempt(
    `look for parts of ${table}`,
    { names },
    (sql) =>
      sql<{ name: string }[]>`
      select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = ${table}::regclass and relname in ${sql(names)}`,
  );
  const found = new Set(there.map((row) => row.name));
  return months.filter((month) => !found.has(partName(table, month)));
}

/** Under the lock, because two processes that make the same table at once would fail. */
async function makeParts(
  database: Database,
  table: PartitionedTable,
  months: readonly Month[],
): Promise<void> {
  const commands = months.map((month) =>
    `create table if not exists ${partName(table, month)} partition of ${table}
       for values from ('${iso(month.start)}') to ('${iso(month.end)}');`
  );
  const context = { table, months: months.map((month) => month.name) };
  await database.attempt(
    `make parts of ${table}`,
    context,
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

const iso = (time: number) => new Date(time).toISOString();
