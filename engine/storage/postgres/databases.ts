import { StoreError } from "../../ports/store_errors.ts";
import { type Database, openConnection } from "./connection.ts";

/** "The database is there already", as PostgreSQL says it: first seen, or lost a race. */
const IS_THERE = ["42P04", "23505"];

/** How long making or dropping a database may take, in milliseconds: that is work for the disk. */
const PATIENCE = 60_000;

export interface DatabaseOptions {
  /**
   * Answers a commit before it is on disk. For what may be lost: a database that is dropped in the
   * end anyway.
   */
  throwaway?: boolean;
}

/**
 * Makes a database on the server at `url` unless it is there. `url` names any database that can be
 * entered, such as `postgres`.
 */
export async function createDatabase(
  url: string,
  name: string,
  { throwaway = false }: DatabaseOptions = {},
): Promise<void> {
  await onServer(url, `make the database "${name}"`, async ({ sql }) => {
    const [there] = await sql`select from pg_database where datname = ${name}`;
    if (there) return;
    try {
      await sql`create database ${sql(name)} template template0`;
    } catch (error) {
      if (!IS_THERE.includes((error as { code?: string }).code ?? "")) throw error;
    }
    if (throwaway) await sql`alter database ${sql(name)} set synchronous_commit = off`;
  });
}

/** Drops a database, if it is there, with whatever is connected to it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  await onServer(url, `drop the database "${name}"`, async ({ sql }) => {
    await sql`drop database if exists ${sql(name)} with (force)`;
  });
}

async function onServer(
  url: string,
  action: string,
  task: (database: Database) => Promise<void>,
): Promise<void> {
  const database = openConnection(url, 1, PATIENCE);
  try {
    await database.attempt(action, {}, () => task(database));
  } catch (error) {
    throw mayNotCreate(error) ? notAllowed(action, error) : error;
  } finally {
    await database.close();
  }
}

function mayNotCreate(error: unknown): error is StoreError {
  return error instanceof StoreError && error.context.code === "42501";
}

function notAllowed(action: string, cause: StoreError): StoreError {
  return new StoreError(
    `Cannot ${action}: the database user may not. Give it the right (alter role … createdb), ` +
      `or leave DATABASE_URL out to use Lockstep's own server`,
    cause.context,
    { cause },
  );
}
