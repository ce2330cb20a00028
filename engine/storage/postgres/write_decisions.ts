import { Buffer } from "node:buffer";
import type postgres from "postgres";
import type { ClosedTrade, Decision, PerformanceRow, Signal } from "../../ports/store.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";
import { noteWishes } from "./bot_wishes.ts";
import type { Database } from "./connection.ts";
import { DecidedRows } from "./decided_rows.ts";
import { insertFills } from "./fills.ts";
import { insertMissing } from "./missing_candles.ts";
import { insertRefusals } from "./refusals.ts";
import { valuesText } from "./signals.ts";

/**
 * Writes decisions, one of each bot. It is one statement, and so one transaction and one round trip: the
 * rows of a bot go in only if its row is still as its decision expects it. Two that are written at once for
 * the same bot wait for each other there, and the second finds a moved cursor. Returns the bots of which
 * something was written.
 */
export async function writeDecisions(
  database: Database,
  decisions: readonly Decision[],
): Promise<Set<string>> {
  const [{ botId, epoch, previousCursor, cursor }] = decisions;
  const context = decisions.length > 1
    ? { bots: decisions.map((decision) => decision.botId) }
    : { botId, epoch, previousCursor, cursor };
  const rows = await database.attempt(
    decisions.length > 1 ? "store decisions" : "store a decision",
    context,
    (sql) =>
      sql<{ id: string }[]>`
      with bot as (${updateBots(sql, decisions)} returning bots.id)
      ${insertSignals(sql, new DecidedRows(decisions, ({ signals }) => signals))}
      ${insertRefusals(sql, new DecidedRows(decisions, ({ refusals }) => refusals))}
      ${insertFills(sql, new DecidedRows(decisions, ({ fills }) => fills))}
      ${insertTrades(sql, new DecidedRows(decisions, ({ trades }) => trades))}
      ${insertPerformance(sql, new DecidedRows(decisions, ({ performance }) => performance))}
      ${noteWishes(sql, new DecidedRows(decisions, ({ wishes = [] }) => wishes))}
      ${insertMissing(sql, new DecidedRows(decisions, ({ missing = [] }) => missing))}
      select id from bot`,
  );
  return new Set(rows.map(({ id }) => id));
}

function updateBots(sql: postgres.ISql, all: readonly Decision[]) {
  const cursors = (of: (decision: Decision) => number | undefined) =>
    `{${all.map((one) => isoOrNull(of(one))).join(",")}}`;
  return sql`
    update bots set cursor = decided.cursor, snapshot = decided.snapshot, heartbeat = now(),
      decided_at = now(),
      status = coalesce(decided.status, bots.status), reason = coalesce(decided.reason, bots.reason),
      candles = bots.candles + decided.candles,
      -- Of these two NaN would be the greater one.
      max_drawdown = case when decided.drawdown = 'NaN' then 'NaN'
        else least(bots.max_drawdown, decided.drawdown) end
    from unnest(
      ${textArray(all.map(({ botId }) => botId))}::text[],
      ${numberArray(all.map(({ epoch }) => epoch))}::integer[],
      ${cursors(({ previousCursor }) => previousCursor)}::timestamptz[],
      ${timeArray(all.map(({ cursor }) => cursor))}::timestamptz[],
      ${textArray(all.map(({ snapshot }) => byteText(snapshot)))}::bytea[],
      ${numberArray(all.map(({ candles }) => candles))}::integer[],
      ${numberArray(all.map(({ maxDrawdown }) => maxDrawdown))}::double precision[],
      ${textArray(all.map(({ status }) => status?.status))}::text[],
      ${textArray(all.map(({ status }) => status?.reason))}::text[]
    ) as decided (id, epoch, previous, cursor, snapshot, candles, drawdown, status, reason)
    where bots.id = decided.id and bots.epoch = decided.epoch
      and bots.cursor is not distinct from decided.previous`;
}

function isoOrNull(time: number | undefined): string {
  return time === undefined ? "NULL" : new Date(time).toISOString();
}

/** Bytes as PostgreSQL reads them from text. */
function byteText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;
}

function insertSignals(sql: postgres.ISql, rows: DecidedRows<Signal>) {
  if (rows.isEmpty) return sql``;
  return sql`, new_signals as (
    insert into signals (bot_id, time, action, confidence, price, "values")
    select bot.id, time, action, confidence, price, "values"::jsonb
    from bot, unnest(
      ${rows.bots}::text[],
      ${rows.times((row) => row.time)}::timestamptz[],
      ${rows.texts((row) => row.action)}::text[],
      ${rows.numbers((row) => row.confidence)}::double precision[],
      ${rows.numbers((row) => row.price)}::double precision[],
      ${rows.texts((row) => valuesText(row.values))}::text[]
    ) as rows (bot_id, time, action, confidence, price, "values")
    where rows.bot_id = bot.id
  )`;
}

function insertTrades(sql: postgres.ISql, rows: DecidedRows<ClosedTrade>) {
  if (rows.isEmpty) return sql``;
  return sql`, new_trades as (
    insert into trades (bot_id, number, side, entry_time, entry_price, exit_time, exit_price,
      amount, fees, slippage, funding, pnl, "return", reason)
    select bot.id, ordinal + (select coalesce(max(number), 0) from trades where bot_id = bot.id),
      side, entry_time, entry_price, exit_time, exit_price,
      amount, fees, slippage, funding, pnl, "return", reason
    from bot, unnest(
      ${rows.bots}::text[],
      ${rows.ordinals}::integer[],
      ${rows.texts((row) => row.side)}::text[],
      ${rows.times((row) => row.entryTime)}::timestamptz[],
      ${rows.numbers((row) => row.entryPrice)}::double precision[],
      ${rows.times((row) => row.exitTime)}::timestamptz[],
      ${rows.numbers((row) => row.exitPrice)}::double precision[],
      ${rows.numbers((row) => row.amount)}::double precision[],
      ${rows.numbers((row) => row.fees)}::double precision[],
      ${rows.numbers((row) => row.slippage)}::double precision[],
      ${rows.numbers((row) => row.funding)}::double precision[],
      ${rows.numbers((row) => row.pnl)}::double precision[],
      ${rows.numbers((row) => row.return)}::double precision[],
      ${rows.texts((row) => row.reason)}::text[]
    ) as rows (owner, ordinal, side, entry_time, entry_price, exit_time, exit_price,
      amount, fees, slippage, funding, pnl, "return", reason)
    where rows.owner = bot.id
  )`;
}

function insertPerformance(sql: postgres.ISql, rows: DecidedRows<PerformanceRow>) {
  if (rows.isEmpty) return sql``;
  return sql`, new_performance as (
    insert into bot_performance (bot_id, time, equity, cash, "position", drawdown)
    select bot.id, time, equity, cash, "position", drawdown
    from bot, unnest(
      ${rows.bots}::text[],
      ${rows.times((row) => row.time)}::timestamptz[],
      ${rows.numbers((row) => row.equity)}::double precision[],
      ${rows.numbers((row) => row.cash)}::double precision[],
      ${rows.numbers((row) => row.position)}::double precision[],
      ${rows.numbers((row) => row.drawdown)}::double precision[]
    ) as rows (owner, time, equity, cash, "position", drawdown)
    where rows.owner = bot.id
  )`;
}
