import type postgres from "postgres";
import type { ClosedTrade, Decision, PerformanceRow, Signal } from "../../ports/store.ts";
import { FencedError } from "../../ports/store_errors.ts";
import { numberArray, textArray, timeArray } from "./array_literal.ts";
import { noteWishes } from "./bot_wishes.ts";
import type { Database } from "./connection.ts";
import { insertFills } from "./fills.ts";
import type { Partitions } from "./partitions.ts";
import { insertMissing } from "./missing_candles.ts";
import { insertRefusals } from "./refusals.ts";
import { valuesText } from "./signals.ts";

/**
 * Writes a decision. It is one statement, and so one transaction and one round trip: the rows go in
 * only if the bot's row is still as the decision expects it. Two that are committed at once for the
 * same bot wait for each other there, and the second finds a moved cursor.
 */
export async function commit(
  database: Database,
  partitions: Partitions,
  decision: Decision,
): Promise<void> {
  const { botId, epoch, previousCursor, cursor } = decision;
  const times = decision.performance.map((row) => row.time);
  const done = await partitions.writing("bot_performance", times, () => write(database, decision));
  if (done) return;
  throw new FencedError(
    `Bot "${botId}" is not ours any more: another runner took it over, or its cursor moved`,
    { botId, epoch, previousCursor, cursor },
  );
}

/** Whether the bot's row was as the decision expects it. */
async function write(database: Database, decision: Decision): Promise<boolean> {
  const { botId, epoch, previousCursor, cursor, snapshot, candles, maxDrawdown } = decision;
  const { wishes = [], status } = decision;
  const { missing = [] } = decision;
  const context = { botId, epoch, previousCursor, cursor };
  const [{ done }] = await database.attempt(
    "store a decision",
    context,
    (sql) =>
      sql<[{ done: boolean }]>`
      with bot as (
        update bots set cursor = ${new Date(cursor)}, snapshot = ${snapshot}, heartbeat = now(),
          decided_at = now(),
          ${status ? sql`status = ${status.status}, reason = ${status.reason},` : sql``}
          candles = candles + ${candles}::integer,
          -- Of these two NaN would be the greater one.
          max_drawdown = case when ${maxDrawdown}::double precision = 'NaN' then 'NaN'
            else least(max_drawdown, ${maxDrawdown}::double precision) end
        where id = ${botId} and epoch = ${epoch}
          and cursor is not distinct from ${when(previousCursor)}::timestamptz
        returning id
      )
      ${decision.signals.length > 0 ? insertSignals(sql, decision.signals) : sql``}
      ${decision.refusals.length > 0 ? insertRefusals(sql, botId, decision.refusals) : sql``}
      ${decision.fills.length > 0 ? insertFills(sql, botId, decision.fills) : sql``}
      ${decision.trades.length > 0 ? insertTrades(sql, botId, decision.trades) : sql``}
      ${decision.performance.length > 0 ? insertPerformance(sql, decision.performance) : sql``}
      ${wishes.length > 0 ? noteWishes(sql, wishes) : sql``}
      ${missing.length > 0 ? insertMissing(sql, missing) : sql``}
      select exists (select from bot) as done`,
  );
  return done;
}

function when(time: number | undefined): Date | null {
  return time === undefined ? null : new Date(time);
}

function insertSignals(sql: postgres.ISql, rows: readonly Signal[]) {
  return sql`, new_signals as (
    insert into signals (bot_id, time, action, confidence, price, "values")
    select bot.id, time, action, confidence, price, "values"::jsonb
    from bot, unnest(
      ${timeArray(rows.map((row) => row.time))}::timestamptz[],
      ${textArray(rows.map((row) => row.action))}::text[],
      ${numberArray(rows.map((row) => row.confidence))}::double precision[],
      ${numberArray(rows.map((row) => row.price))}::double precision[],
      ${textArray(rows.map((row) => valuesText(row.values)))}::text[]
    ) as rows (time, action, confidence, price, "values")
  )`;
}

function insertTrades(sql: postgres.ISql, botId: string, rows: readonly ClosedTrade[]) {
  const numbers = (field: keyof ClosedTrade) => numberArray(rows.map((row) => Number(row[field])));
  return sql`, new_trades as (
    insert into trades (bot_id, number, side, entry_time, entry_price, exit_time, exit_price,
      amount, fees, slippage, funding, pnl, "return", reason)
    select bot.id, before.count + ordinal, side, entry_time, entry_price, exit_time, exit_price,
      amount, fees, slippage, funding, pnl, "return", reason
    from bot,
      (select coalesce(max(number), 0) as count from trades where bot_id = ${botId}) as before,
      unnest(
        ${textArray(rows.map((row) => row.side))}::text[],
        ${timeArray(rows.map((row) => row.entryTime))}::timestamptz[],
        ${numbers("entryPrice")}::double precision[],
        ${timeArray(rows.map((row) => row.exitTime))}::timestamptz[],
        ${numbers("exitPrice")}::double precision[],
        ${numbers("amount")}::double precision[],
        ${numbers("fees")}::double precision[],
        ${numbers("slippage")}::double precision[],
        ${numbers("funding")}::double precision[],
        ${numbers("pnl")}::double precision[],
        ${numbers("return")}::double precision[],
        ${textArray(rows.map((row) => row.reason))}::text[]
      ) with ordinality as rows (side, entry_time, entry_price, exit_time, exit_price,
        amount, fees, slippage, funding, pnl, "return", reason, ordinal)
  )`;
}

function insertPerformance(sql: postgres.ISql, rows: readonly PerformanceRow[]) {
  const numbers = (field: keyof PerformanceRow) => numberArray(rows.map((row) => row[field]));
  return sql`, new_performance as (
    insert into bot_performance (bot_id, time, equity, cash, "position", drawdown)
    select bot.id, rows.*
    from bot, unnest(
      ${timeArray(rows.map((row) => row.time))}::timestamptz[],
      ${numbers("equity")}::double precision[],
      ${numbers("cash")}::double precision[],
      ${numbers("position")}::double precision[],
      ${numbers("drawdown")}::double precision[]
    ) as rows
  )`;
}
