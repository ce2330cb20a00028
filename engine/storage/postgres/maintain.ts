import { InputError } from "../../market/errors.ts";
import type { Maintenance, MaintenanceOptions, TableMonth } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import { SCHEMA_LOCK } from "./migrate.ts";
import { monthOf } from "./month.ts";
import { monthsOf, type PartitionedTable, type Partitions, partName } from "./partitions.ts";

/**
 * How long to wait for those who use a part that is to go, in milliseconds: everyone else who wants
 * the table waits behind us. What does not go now goes next time.
 */
const LOCK_PATIENCE = 2_000;

/** As `Store.maintain` says. Throws an `InputError` if a number of months is none. */
export async function maintain(
  database: Database,
  partitions: Partitions,
  { now, rawTradesMonths, performanceMonths }: MaintenanceOptions,
): Promise<Maintenance> {
  const kept: [PartitionedTable, number | undefined][] = [
    ["raw_trades", rawTradesMonths],
    ["bot_performance", performanceMonths],
  ];
  for (const [table, months] of kept) checkMonths(table, months);
  const made: TableMonth[] = [], dropped: TableMonth[] = [];
  for (const [table, months] of kept) {
    for (const { name } of await partitions.make(table, [monthOf(now), monthOf(now, 1)])) {
      made.push({ table, month: name });
    }
    if (months === undefined) continue;
    const oldest = monthOf(now, -months).name;
    for (const month of await monthsOf(database, table)) {
      if (month >= oldest) continue;
      partitions.forget();
      await drop(database, table, month);
      dropped.push({ table, month });
    }
  }
  return { made, dropped };
}

function checkMonths(table: string, months: number | undefined): void {
  if (months === undefined || Number.isInteger(months) && months >= 0) return;
  throw new InputError(
    `Cannot keep ${months} months of ${table}: it has to be a whole number of 0 or more`,
  );
}

async function drop(database: Database, table: PartitionedTable, month: string): Promise<void> {
  const name = partName(table, monthOf(Date.parse(`${month}-01T00:00:00Z`)));
  await database.attempt(
    `drop ${month} of ${table}`,
    { table, month },
    (sql) =>
      sql.begin(async (transaction) => {
        await transaction.unsafe(`set local lock_timeout = ${LOCK_PATIENCE}`);
        await transaction`select pg_advisory_xact_lock(${SCHEMA_LOCK})`;
        // A part refers to its bots; whoever writes decisions locks in this order, too.
        if (table === "bot_performance") {
          await transaction`lock table bots in access exclusive mode`;
        }
        await transaction.unsafe(`drop table if exists ${name}`);
      }),
  );
}
