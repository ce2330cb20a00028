import type { BotStatus } from "../../ports/bot_status.ts";
import type { BotRecord, BotRepository, NewBot } from "../../ports/bots.ts";
import { FencedError, StoreError } from "../../ports/store_errors.ts";
import type { Database } from "./connection.ts";

const HOUR = 3_600_000;

interface BotRow {
  id: string;
  config: BotRecord["config"];
  run: BotRecord["run"];
  status: BotStatus;
  reason: string;
  heartbeat: Date | null;
  cursor: Date | null;
  epoch: number;
  lease_owner: string | null;
  restarts: number[];
  created_at: Date;
}

const COLUMNS = [
  "id",
  "config",
  "run",
  "status",
  "reason",
  "heartbeat",
  "cursor",
  "epoch",
  "lease_owner",
  "restarts",
  "created_at",
];

/** Bots in the table `bots`. */
export function bots(database: Database): BotRepository {
  return {
    create: (bot) => create(database, bot),
    find: (id) => find(database, id),
    list: async () => {
      const rows = await database.attempt(
        "list bots",
        {},
        (sql) => sql<BotRow[]>`select ${sql(COLUMNS)} from bots order by id`,
      );
      return rows.map(record);
    },
    claim: (id, owner) => claim(database, id, owner),
    snapshot: async (id) => {
      const [row] = await database.attempt(
        "read a bot's state",
        { id },
        (sql) => sql<{ snapshot: Uint8Array | null }[]>`select snapshot from bots where id = ${id}`,
      );
      return row?.snapshot ? new Uint8Array(row.snapshot) : undefined;
    },
    setStatus: async (id, status, reason) => {
      const { count } = await database.attempt(
        "set a bot's status",
        { id, status },
        (sql) => sql`update bots set status = ${status}, reason = ${reason} where id = ${id}`,
      );
      if (count === 0) throw unknownBot(id);
    },
    heartbeat: (id, epoch, at) => heartbeat(database, id, epoch, at),
    recordRestart: (id, at) => recordRestart(database, id, at),
  };
}

async function create(database: Database, { id, config, run }: NewBot): Promise<BotRecord> {
  await database.attempt("make a bot", { id }, (sql) =>
    sql`
      insert into bots (id, config, run)
      values (${id}, ${jsonOf(sql, config)}, ${jsonOf(sql, run)})
      on conflict (id) do nothing`);
  const bot = await find(database, id);
  if (!bot) throw unknownBot(id);
  return bot;
}

/** A config and a run are JSON by the port's word, which their types cannot tell the driver. */
function jsonOf(sql: Database["sql"], value: object) {
  return sql.json(value as Parameters<Database["sql"]["json"]>[0]);
}

async function find(database: Database, id: string): Promise<BotRecord | undefined> {
  const [row] = await database.attempt(
    "read a bot",
    { id },
    (sql) => sql<BotRow[]>`select ${sql(COLUMNS)} from bots where id = ${id}`,
  );
  return row && record(row);
}

async function claim(database: Database, id: string, owner: string): Promise<number> {
  const [row] = await database.attempt(
    "take a bot over",
    { id, owner },
    (sql) =>
      sql<{ epoch: number }[]>`
      update bots set epoch = epoch + 1, lease_owner = ${owner} where id = ${id} returning epoch`,
  );
  if (!row) throw unknownBot(id);
  return row.epoch;
}

async function heartbeat(database: Database, id: string, epoch: number, at: number): Promise<void> {
  const { count } = await database.attempt(
    "note a bot's heartbeat",
    { id },
    (sql) => sql`update bots set heartbeat = ${new Date(at)} where id = ${id} and epoch = ${epoch}`,
  );
  if (count === 0) {
    throw new FencedError(`Bot "${id}" is not ours any more: another runner took it over`, {
      id,
      epoch,
    });
  }
}

async function recordRestart(database: Database, id: string, at: number): Promise<void> {
  const { count } = await database.attempt("note a bot's restart", { id }, (sql) =>
    sql`
      update bots set restarts = (
        select coalesce(jsonb_agg(restart order by restart), '[]') || to_jsonb(${at}::double precision)
        from jsonb_array_elements(restarts) as restart
        where restart::double precision > ${at - HOUR}::double precision
      )
      where id = ${id}`);
  if (count === 0) throw unknownBot(id);
}

function record(row: BotRow): BotRecord {
  const { id, config, run, status, reason, epoch, restarts } = row;
  return {
    id,
    config,
    run,
    status,
    reason,
    heartbeat: row.heartbeat?.getTime(),
    cursor: row.cursor?.getTime(),
    epoch,
    owner: row.lease_owner ?? undefined,
    restarts,
    createdAt: row.created_at.getTime(),
  };
}

function unknownBot(id: string): StoreError {
  return new StoreError(`There is no bot "${id}"`, { id });
}
