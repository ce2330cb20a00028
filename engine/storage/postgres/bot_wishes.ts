import type postgres from "postgres";
import type { BotStatus } from "../../ports/bot_status.ts";
import type { NewBot } from "../../ports/bots.ts";
import type {
  AtOnce,
  BotWish,
  CarriedOut,
  Inheritance,
  NewWish,
  Wish,
  WishRepository,
} from "../../ports/bot_wishes.ts";
import { jsonOf } from "./bots.ts";
import type { Database } from "./connection.ts";
import { droppedWishes } from "./dropped_wishes.ts";
import type { DecidedRows } from "./decided_rows.ts";

interface WishRow {
  bot_id: string;
  number: number;
  wish: Wish;
  asked_by: string;
  reason: string;
  asked_at: Date;
  not_before: Date;
  outcome: BotWish["outcome"];
  acted_at: Date | null;
}

/** What people asked of bots, in the table `bot_wishes`. */
export function wishes(database: Database): WishRepository {
  const read = async (action: string, where: (sql: Database["sql"]) => postgres.Fragment) => {
    const rows = await database.attempt(action, {}, (sql) =>
      sql<WishRow[]>`
      select bot_id, number, wish, asked_by, reason, asked_at, not_before, outcome, acted_at
      from bot_wishes where ${where(sql)} order by bot_id, number`);
    return rows.map(wishOf);
  };
  return {
    ofBot: (botId) => read("read what was asked of a bot", (sql) => sql`bot_id = ${botId}`),
    open: (botId) =>
      read(
        "read what is asked of bots",
        (sql) => sql`outcome = 'open' ${botId === undefined ? sql`` : sql`and bot_id = ${botId}`}`,
      ),
    ask: (wish, seen, atOnce) => ask(database, wish, seen, atOnce),
    inherit: (wish, heir, reason) => inherit(database, wish, heir, reason),
  };
}

async function ask(
  database: Database,
  { botId, number, wish, by, reason, notBefore }: NewWish,
  seen: BotStatus,
  atOnce?: AtOnce,
): Promise<boolean> {
  const outcome = atOnce ? "done" : "open";
  const [{ done }] = await database.attempt(
    "ask something of a bot",
    { botId, wish },
    (sql) =>
      sql<[{ done: boolean }]>`
      with asked as (
        insert into bot_wishes (bot_id, number, wish, asked_by, reason, not_before, outcome)
        select id, ${number}, ${wish}, ${by}, ${reason}, ${new Date(notBefore)}, ${outcome}
        from bots where id = ${botId} and status = ${seen}
          and ${number} = 1 + (select count(*) from bot_wishes where bot_id = ${botId})
        on conflict do nothing
        returning bot_id
      )
      ${atOnce ? changeAtOnce(sql, atOnce) : sql``}
      select exists (select from asked) as done`,
  );
  return done;
}

/** The part that changes the bot's row; whoever ran it can write nothing of it any more. */
function changeAtOnce(sql: Database["sql"], { becomes, reason }: AtOnce): postgres.Fragment {
  return sql`, changed as (
    update bots set epoch = epoch + 1, lease_owner = null, status = ${becomes}, reason = ${reason},
      restarts = case when ${becomes} = 'running' then '[]' else restarts end
    from asked where bots.id = asked.bot_id
  )${droppedWishes(sql, "asked")}`;
}

async function inherit(
  database: Database,
  { botId, number }: Pick<BotWish, "botId" | "number">,
  heir: NewBot,
  reason: string,
): Promise<Inheritance> {
  const { id, config, run } = heir;
  const [{ came }] = await database.attempt(
    "start a bot anew",
    { botId, heir: id },
    (sql) =>
      sql<[{ came: Inheritance }]>`
      with wish as (
        select bot_id, number from bot_wishes
        where bot_id = ${botId} and number = ${number} and outcome = 'open'
        for update
      ), heir as (
        insert into bots (id, config, run, status)
        select ${id}, ${jsonOf(sql, config)}, ${jsonOf(sql, run)}, 'running' from wish
        -- Nor is it made where another run is at work, which its place has then.
        on conflict do nothing
        returning id
      ), closed as (
        update bot_wishes set outcome = case when exists (select from heir) then 'done' else 'dropped' end
        from wish where bot_wishes.bot_id = wish.bot_id and bot_wishes.number = wish.number
      ), old as (
        update bots set reason = ${reason} from wish, heir where bots.id = wish.bot_id
      )
      select case when exists (select from heir) then 'made'
        when exists (select from wish) then 'taken' else 'closed' end as came`,
  );
  return came;
}

/** The part of a commit that notes which wishes the account has carried out. */
export function noteWishes(sql: postgres.ISql, rows: DecidedRows<CarriedOut>): postgres.Fragment {
  if (rows.isEmpty) return sql``;
  return sql`, wishes_done as (
    update bot_wishes set outcome = 'done', acted_at = rows.acted_at
    from bot, unnest(
      ${rows.bots}::text[],
      ${rows.numbers((row) => row.number)}::integer[],
      ${rows.times((row) => row.actedAt)}::timestamptz[]
    ) as rows (owner, number, acted_at)
    where rows.owner = bot.id and bot_wishes.bot_id = bot.id and bot_wishes.number = rows.number
  )`;
}

function wishOf(row: WishRow): BotWish {
  return {
    botId: row.bot_id,
    number: row.number,
    wish: row.wish,
    by: row.asked_by,
    reason: row.reason,
    notBefore: row.not_before.getTime(),
    askedAt: row.asked_at.getTime(),
    outcome: row.outcome,
    actedAt: row.acted_at?.getTime(),
  };
}
