import type { BotStatus } from "../../ports/bot_status.ts";
import type { BotRecord, BotRepository, NewBot } from "../../ports/bots.ts";
import type { VerificationRecord } from "../../ports/verification.ts";
import { readState, recordVerification } from "./bot_verification.ts";
import { atWork, claim, handBack, release, renew, standings } from "./bot_leases.ts";
import { fenced, unknownBot } from "./bot_errors.ts";
import { setStatus, stop } from "./bot_status.ts";
import type { Database } from "./connection.ts";
import { readableConfig, readableRun } from "./readable_config.ts";

const HOUR = 3_600_000;

interface BotRow {
  id: string;
  config: BotRecord["config"];
  run: BotRecord["run"];
  status: BotStatus;
  reason: string;
  heartbeat: Date | null;
  cursor: Date | null;
  decided_at: Date | null;
  candles: number;
  max_drawdown: number;
  epoch: number;
  lease_owner: string | null;
  restarts: number[];
  verification: VerificationRecord | null;
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
  "decided_at",
  "candles",
  "max_drawdown",
  "epoch",
  "lease_owner",
  "restarts",
  "verification",
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
    claim: (id, wanted) => claim(database, id, wanted),
    renew: (owner, leaseMs, shares) => renew(database, owner, leaseMs, shares),
    atWork: () => atWork(database),
    handBack: async (id, epoch, reason) => {
      if (!await handBack(database, id, epoch, reason)) throw fenced(id, epoch);
    },
    release: (owner) => release(database, owner),
    standings: (ids, owner) => standings(database, ids, owner),
    snapshot: async (id) => {
      const [row] = await database.attempt(
        "read a bot's state",
        { id },
        (sql) => sql<{ snapshot: Uint8Array | null }[]>`select snapshot from bots where id = ${id}`,
      );
      return row?.snapshot ? new Uint8Array(row.snapshot) : undefined;
    },
    state: (id) => readState(database, id),
    recordVerification: (id, verification) => recordVerification(database, id, verification),
    setStatus: (id, epoch, status, reason) => setStatus(database, id, epoch, { status, reason }),
    heartbeat: (id, epoch, at) => heartbeat(database, id, epoch, at),
    crashed: (id, epoch, at, reason) => crashed(database, id, epoch, { at, reason }),
    stop: (id, reason) => stop(database, id, reason),
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
export function jsonOf(sql: Database["sql"], value: object) {
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

async function heartbeat(database: Database, id: string, epoch: number, at: number): Promise<void> {
  const { count } = await database.attempt(
    "note a bot's heartbeat",
    { id },
    (sql) => sql`update bots set heartbeat = ${new Date(at)} where id = ${id} and epoch = ${epoch}`,
  );
  if (count === 0) throw fenced(id, epoch);
}

async function crashed(
  database: Database,
  id: string,
  epoch: number,
  { at, reason }: { at: number; reason: string },
): Promise<void> {
  const { count } = await database.attempt("note a bot's crash", { id }, (sql) =>
    sql`
      update bots set status = 'crashed', reason = ${reason}, restarts = (
        select coalesce(jsonb_agg(restart order by restart), '[]') || to_jsonb(${at}::double precision)
        from jsonb_array_elements(restarts) as restart
        where restart::double precision > ${at - HOUR}::double precision
      )
      where id = ${id} and epoch = ${epoch}`);
  if (count === 0) throw fenced(id, epoch);
}

function record(row: BotRow): BotRecord {
  const { id, status, reason, candles, epoch, restarts } = row;
  return {
    id,
    config: readableConfig(row.config, id),
    run: readableRun(row.run),
    status,
    reason,
    heartbeat: row.heartbeat?.getTime(),
    cursor: row.cursor?.getTime(),
    decidedAt: row.decided_at?.getTime(),
    candles,
    maxDrawdown: row.max_drawdown,
    epoch,
    owner: row.lease_owner ?? undefined,
    restarts,
    verification: row.verification ?? undefined,
    createdAt: row.created_at.getTime(),
  };
}
