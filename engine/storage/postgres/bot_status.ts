import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotRecord } from "../../ports/bots.ts";
import { fenced, unknownBot } from "./bot_errors.ts";
import type { Database } from "./connection.ts";
import { droppedWishes } from "./dropped_wishes.ts";

/** As `BotRepository.setStatus` says. */
export async function setStatus(
  database: Database,
  id: string,
  epoch: number,
  { status, reason }: Pick<BotRecord, "status" | "reason">,
): Promise<void> {
  const isOver = !AT_WORK.includes(status), isEnded = status === "stopped" || status === "finished";
  const changed = await database.attempt(
    "set a bot's status",
    { id, status },
    (sql) =>
      sql`
      with changed as (
        update bots set status = ${status}, reason = ${reason},
          lease_owner = case when ${isOver} then null else lease_owner end
        where id = ${id} and epoch = ${epoch}
        returning id as bot_id
      )${isEnded ? droppedWishes(sql, "changed") : sql``}
      select from changed`,
  );
  if (changed.length === 0) throw fenced(id, epoch);
}

/** As `BotRepository.stop` says. */
export async function stop(database: Database, id: string, reason: string): Promise<void> {
  const stopped = await database.attempt("stop a bot", { id }, (sql) =>
    sql`
      with stopped as (
        update bots set epoch = epoch + 1, lease_owner = null, status = 'stopped', reason = ${reason}
        where id = ${id}
        returning id as bot_id
      )${droppedWishes(sql, "stopped")}
      select from stopped`);
  if (stopped.length === 0) throw unknownBot(id);
}
