import type postgres from "postgres";
import type { Signal, SignalRepository } from "../../ports/store.ts";
import type { Database } from "./connection.ts";
import { rowsOfBot } from "./count_rows.ts";
import { withinTimes } from "./within_times.ts";

interface SignalRow extends Omit<Signal, "values"> {
  values: Record<string, number | string>;
}

/** Signals in the table `signals`; they are written by `commit`. */
export function signals(database: Database): SignalRepository {
  return {
    ofBot: async (botId, range = {}) => {
      const rows = await database.attempt(
        "read a bot's signals",
        { botId },
        (sql) =>
          sql<SignalRow[]>`
          select ${columns(sql)} from signals where bot_id = ${botId} ${
            withinTimes(sql, "signals", range)
          }
          order by signals.time, action`,
      );
      return rows.map((row) => ({ ...row, values: readValues(row.values) }));
    },
    count: (botId) => rowsOfBot(database, "signals", botId),
  };
}

/** As `WatchRepository.signals` says. */
export async function recentSignals(
  database: Database,
  botId: string,
  limit: number,
  before?: number,
): Promise<Signal[]> {
  const rows = await database.attempt(
    "read a bot's last signals",
    { botId },
    (sql) =>
      sql<SignalRow[]>`
      select ${columns(sql)} from signals
      where bot_id = ${botId}
        ${before === undefined ? sql`` : sql`and signals.time < ${new Date(before)}`}
      order by signals.time desc
      fetch first ${limit} rows with ties`,
  );
  return rows.map((row) => ({ ...row, values: readValues(row.values) }));
}

function columns(sql: postgres.Sql) {
  return sql`(extract(epoch from time) * 1000)::double precision as time,
    action, confidence, price, "values"`;
}

/** The JSON text of a signal's values; numbers that JSON has no way to write are spelled. */
export function valuesText(values: Readonly<Record<string, number>>): string {
  return JSON.stringify(
    values,
    (_, value) => typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}

/** The way back: `Number` reads "NaN" and "-Infinity", too. */
function readValues(values: Readonly<Record<string, number | string>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
}
