import type { BotState } from "../../ports/bots.ts";
import type { VerificationRecord } from "../../ports/verification.ts";
import type { Database } from "./connection.ts";

interface StateRow {
  cursor: Date | null;
  candles: number;
  max_drawdown: number;
  snapshot: Uint8Array | null;
}

/** As `BotRepository.state` says: one statement sees one transaction's row. */
export async function readState(database: Database, id: string): Promise<BotState | undefined> {
  const [row] = await database.attempt(
    "read a bot's state",
    { id },
    (sql) =>
      sql<StateRow[]>`select cursor, candles, max_drawdown, snapshot from bots where id = ${id}`,
  );
  return row && {
    cursor: row.cursor?.getTime(),
    candles: row.candles,
    maxDrawdown: row.max_drawdown,
    snapshot: row.snapshot ? new Uint8Array(row.snapshot) : undefined,
  };
}

/** As `BotRepository.recordVerification` says. */
export async function recordVerification(
  database: Database,
  id: string,
  verification: VerificationRecord,
): Promise<void> {
  const { outcome, detail } = verification, hasDiverged = outcome === "diverged";
  await database.attempt("note a bot's verification", { id, outcome }, (sql) => {
    const value = sql.json({ ...verification });
    if (outcome === "unknown") {
      return sql`update bots set verification = ${value} where id = ${id}`;
    }
    return hasDiverged
      ? sql`
        update bots set verification = ${value}, status = 'diverged', reason = ${detail},
          epoch = epoch + 1, lease_owner = null
        where id = ${id}`
      : sql`
        update bots set verification = ${value},
          reason = case when status = 'diverged' then 'it had diverged, and does the same again'
            else reason end,
          status = case when status = 'diverged' then 'stopped' else status end
        where id = ${id}`;
  });
}
