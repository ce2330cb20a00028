import type postgres from "postgres";
import type { Database } from "./connection.ts";

/** The part of a statement that drops what is still asked of the bots in `ended`, a part of it that gives `bot_id`. */
export function droppedWishes(sql: Database["sql"], ended: string): postgres.Fragment {
  return sql`, dropped as (
    update bot_wishes set outcome = 'dropped'
    from ${sql(ended)} as ended where bot_wishes.bot_id = ended.bot_id and outcome = 'open'
  )`;
}
