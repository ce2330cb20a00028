import type postgres from "postgres";
import { StoreError } from "../../ports/store_errors.ts";
import type { Database } from "./connection.ts";
import { type Migration, MIGRATIONS } from "./migrations/all.ts";

/** Any number that nobody else locks in this database; held while tables are made. */
export const SCHEMA_LOCK = 7_310_585;

/** How long a change of the tables may take, and be waited for, in milliseconds. */
const PATIENCE = 600_000;

/**
 * Brings the tables up to date. Two processes may do so at once: one waits for the other. Throws a
 * `StoreError` if the database was made by a newer version.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const last = migrations.length;
  if (await database.attempt("open the database", {}, appliedCount) === last) return;
  const setUp = (sql: postgres.Sql) =>
    sql.begin(async (transaction) => {
      await transaction.unsafe(
        `set local statement_timeout = ${PATIENCE}; set local lock_timeout = ${PATIENCE}`,
      );
      await transaction`select pg_advisory_xact_lock(${SCHEMA_LOCK})`;
      await transaction`
        create table if not exists lockstep_migrations (
          number integer primary key,
          name text not null,
          applied_at timestamptz not null default now()
        )`;
      const applied = await appliedCount(transaction);
      if (applied > last) throw tooNew(applied, last);
      for (const migration of migrations.slice(applied)) await apply(transaction, migration);
    });
  await database.attempt("set up the database's tables", {}, setUp, PATIENCE);
}

/** How many migrations the database has; 0 if it is empty. */
async function appliedCount(sql: postgres.ISql): Promise<number> {
  const [{ there }] = await sql<{ there: boolean }[]>`
    select to_regclass('lockstep_migrations') is not null as there`;
  if (!there) return 0;
  const [{ count }] = await sql<{ count: number }[]>`
    select coalesce(max(number), 0)::integer as count from lockstep_migrations`;
  return count;
}

async function apply(sql: postgres.TransactionSql, { number, name, sql: text }: Migration) {
  await sql.unsafe(text);
  await sql`insert into lockstep_migrations (number, name) values (${number}, ${name})`;
}

function tooNew(applied: number, known: number): StoreError {
  return new StoreError(
    `Cannot use the database: it was set up by a newer Lockstep (step ${applied}; ` +
      `this one knows ${known}). Update Lockstep, or name another database`,
    { applied, known },
  );
}
