import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotStanding, Claim, Shift } from "../../ports/bots.ts";
import { EndedError, LeasedError, StoreError, UnreachableError } from "../../ports/store_errors.ts";
import type { Database } from "./connection.ts";

type Sql = Database["sql"];

/** How often a claim is tried while others claim the same bot. */
const MOST_ATTEMPTS = 10;

/**
 * As `BotRepository.claim` says. It is one statement: of several that claim a bot at once the first one
 * gets it, and the others, who waited for its row, find another epoch than they have seen.
 */
export async function claim(database: Database, id: string, wanted: Claim): Promise<number> {
  const context = { id, owner: wanted.owner };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const [row] = await unlessTaken(
      context,
      () => database.attempt("take a bot over", context, (sql) => tryClaim(sql, id, wanted)),
    );
    if (row) return row.epoch;
    const [standing] = await standings(database, [id], wanted.owner);
    if (!standing) throw new StoreError(`There is no bot "${id}"`, { id });
    refuse(standing, wanted, context);
  }
  throw new UnreachableError(`Cannot take bot "${id}" over: others claim it`, context);
}

/** A bot whose place has another that is at work is not started beside it, whoever was first. */
async function unlessTaken<T>(
  context: Readonly<Record<string, unknown>>,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof StoreError) || error.context.constraint !== "bots_one_place") {
      throw error;
    }
    const reason = "another run of its name is at work on the same instrument";
    const message = `Cannot take bot "${context.id}" over: ${reason}`;
    throw new EndedError(message, "stopped", reason, context, { cause: error });
  }
}

function tryClaim(sql: Sql, id: string, wanted: Claim) {
  const { owner, leaseMs, shares, starts = false, startsFrom = null } = wanted;
  return sql<{ epoch: number }[]>`
    with runner as (${renewal(sql, owner, leaseMs, shares)} returning id),
    seen as (select epoch from bots where id = ${id})
    update bots set epoch = bots.epoch + 1, lease_owner = runner.id,
      status = case when ${isAtWork(sql)} then bots.status else 'running' end
    from runner, seen
    where bots.id = ${id} and bots.epoch = seen.epoch and not ${isHeld(sql, owner)}
      and (${starts} and bots.epoch = coalesce(${startsFrom}, bots.epoch) or ${isAtWork(sql)})
    returning bots.epoch`;
}

/** Throws why a bot cannot be claimed, if that is so: it may have been free for a moment. */
function refuse(
  { id, status, reason, isHeld }: BotStanding,
  { starts }: Claim,
  context: Readonly<Record<string, unknown>>,
): void {
  const message = `Cannot take bot "${id}" over`;
  if (isHeld) throw new LeasedError(`${message}: another runner has it`, context);
  if (starts || AT_WORK.includes(status)) return;
  throw new EndedError(`${message}: it is ${status}`, status, reason, context);
}

/** As `BotRepository.renew` says. */
export async function renew(
  database: Database,
  owner: string,
  leaseMs: number,
  shares = false,
): Promise<void> {
  await database.attempt("renew a lease", { owner }, (sql) => renewal(sql, owner, leaseMs, shares));
}

/** As `BotRepository.atWork` says. */
export async function atWork(database: Database): Promise<Shift> {
  return await database.attempt("look who works on what", {}, async (sql) => {
    const bots = await sql<Shift["bots"]>`
      select bots.id, runners.id as runner, coalesce(market->>'exchange', '') as exchange,
        case when number.version between 0 and 1e9 then number.version::integer else 0 end
          as version,
        coalesce(extract(epoch from newest) * 1000
          > coalesce(extract(epoch from cursor) * 1000, number.anchor), false) as "isBehind"
      from bots
        cross join lateral (select config->'market' as market) as config
        -- A row that is nonsense must not keep others from being looked after.
        cross join lateral (select
          case jsonb_typeof(run->'version') when 'number' then (run->'version')::numeric end
            as version,
          case jsonb_typeof(run->'anchor') when 'number' then (run->'anchor')::numeric end
            as anchor) as number
        left join runners on runners.id = lease_owner and until > clock_timestamp()
        left join market_series as series on series.exchange = market->>'exchange'
          and series.symbol = market->>'symbol'
          and series.timeframe = coalesce(market->>'base', market->>'timeframe')
      where ${isAtWork(sql)} order by bots.id`;
    const [{ count }] = await sql<[{ count: number }]>`
      select count(*)::integer as count from runners
      where shares and until > clock_timestamp()`;
    const rows = bots.map(({ runner, ...bot }) => ({ ...bot, runner: runner ?? undefined }));
    return { bots: rows, runners: count };
  });
}

/** As `BotRepository.handBack` says; false if another runner has the bot already. */
export async function handBack(
  database: Database,
  id: string,
  epoch: number,
  reason?: string,
): Promise<boolean> {
  const { count } = await database.attempt("hand a bot back", { id }, (sql) =>
    sql`
      update bots set lease_owner = null, epoch = epoch + 1,
        reason = coalesce(${reason ?? null}, reason)
      where id = ${id} and epoch = ${epoch}`);
  return count > 0;
}

/** As `BotRepository.release` says. Takes those away, too, that ended long ago and said nothing. */
export async function release(database: Database, owner: string): Promise<void> {
  await database.attempt(
    "end a lease",
    { owner },
    (sql) =>
      sql`delete from runners
          where id = ${owner} or until < clock_timestamp() - interval '1 day'`,
  );
}

/** As `BotRepository.standings` says. */
export async function standings(
  database: Database,
  ids: readonly string[],
  owner: string,
): Promise<BotStanding[]> {
  const rows = await database.attempt(
    "look where bots stand",
    { ids },
    (sql) =>
      sql<BotStanding[]>`
      select id, status, reason, ${isHeld(sql, owner)} as "isHeld"
      from bots where id in ${sql([...ids])}`,
  );
  return rows.map((row) => ({ ...row }));
}

function renewal(sql: Sql, owner: string, leaseMs: number, shares = false) {
  return sql`
    insert into runners (id, until, shares)
    values (${owner}, clock_timestamp() + ${leaseMs}::double precision * interval '1 millisecond',
      ${shares})
    on conflict (id) do update set until = excluded.until, shares = excluded.shares`;
}

/** Whether another runner than `owner` has the bot, and its lease lasts. */
function isHeld(sql: Sql, owner: string) {
  return sql`exists (
    select from runners
    where runners.id = bots.lease_owner and runners.id <> ${owner}
      and runners.until > clock_timestamp())`;
}

function isAtWork(sql: Sql) {
  return sql`bots.status in ${sql([...AT_WORK])}`;
}
