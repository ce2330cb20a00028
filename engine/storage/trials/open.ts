import { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";
import { InputError } from "../../market/errors.ts";

/** What SQLite files of trials are known by: "trls" in ASCII. */
const APPLICATION = 0x74726c73, VERSION = 1;

/** How long another process may hold the file (ms): it writes for a second or two at most. */
const PATIENCE = 30_000;

const TABLES = `
  CREATE TABLE markets (market INTEGER PRIMARY KEY);
  CREATE TABLE marks (
    market INTEGER NOT NULL REFERENCES markets,
    time INTEGER NOT NULL,
    close REAL NOT NULL,
    PRIMARY KEY (market, time)
  ) WITHOUT ROWID;
  CREATE INDEX marks_by_time ON marks (time);
  CREATE TABLE lists (hash TEXT PRIMARY KEY, ids BLOB NOT NULL);
  CREATE TABLE searches (
    search INTEGER PRIMARY KEY,
    market INTEGER NOT NULL REFERENCES markets,
    span_from INTEGER NOT NULL,
    span_to INTEGER NOT NULL CHECK (span_to > span_from),
    list TEXT NOT NULL REFERENCES lists,
    strategy TEXT NOT NULL,
    timeframe TEXT NOT NULL,
    method TEXT NOT NULL,
    sets INTEGER NOT NULL CHECK (sets > 0),
    ratio_count REAL NOT NULL,
    ratio_sum REAL NOT NULL,
    ratio_squares REAL NOT NULL,
    independent REAL,
    at INTEGER NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    UNIQUE (market, span_from, span_to, list)
  );
  PRAGMA application_id = ${APPLICATION};
  PRAGMA user_version = ${VERSION};
`;

/** Runs `use` with the ledger's file, which is made if there is none. What fails is an `InputError`. */
export function withFile<T>(path: string, use: (db: DatabaseSync) => T): T {
  return mended(path, () => {
    Deno.mkdirSync(dirname(path), { recursive: true });
    const db = new DatabaseSync(path, { timeout: PATIENCE });
    try {
      // A transaction is on the disk before anybody is told what it was about.
      db.exec("PRAGMA synchronous = FULL");
      return within(db, () => {
        if (isNew(db)) db.exec(TABLES);
        check(db);
        return use(db);
      });
    } finally {
      db.close();
    }
  });
}

/** The same where there is a file; `undefined` where there is none. */
export function withFileThere<T>(path: string, use: (db: DatabaseSync) => T): T | undefined {
  // What a crash left half-written is taken back by whoever opens it next, so that nobody only reads.
  return isThere(path) ? withFile(path, use) : undefined;
}

/** The same for whoever only looks, and may have no leave to write. */
export function lookInto<T>(path: string, use: (db: DatabaseSync) => T): T | undefined {
  if (!isThere(path)) return undefined;
  try {
    const db = new DatabaseSync(path, { readOnly: true, timeout: PATIENCE });
    try {
      db.exec("BEGIN");
      check(db);
      return use(db);
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    // What a crash left half-written, or no ledger, which is said there.
    return withFile(path, use);
  }
}

/** One transaction, which no other process's comes between. */
function within<T>(db: DatabaseSync, task: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const done = task();
    db.exec("COMMIT");
    return done;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function isNew(db: DatabaseSync): boolean {
  return db.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()!.tables === 0;
}

function check(db: DatabaseSync): void {
  const { application_id: application } = db.prepare("PRAGMA application_id").get()!;
  if (application !== APPLICATION) throw new Error("it is a database of something else");
  const { user_version: version } = db.prepare("PRAGMA user_version").get()!;
  if (version !== VERSION) throw new Error(`it is of version ${version}, and this is ${VERSION}`);
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Says of any failure which file it is about and what can be done. */
function mended<T>(path: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    const { message } = error as Error;
    throw new InputError(
      `Cannot use the ledger of trials ${path}: ${message}. Put a copy back, or move it away: ` +
        "then searches are counted from nothing",
    );
  }
}
