import type { Store } from "../../../engine/ports/store.ts";
import { type Verification, verifyBot } from "../../../engine/live/verify/verify_bot.ts";
import { type Database, openConnection } from "../../../engine/storage/postgres/connection.ts";
import { withStore } from "../../support/database.ts";
import { CONFIGS, makeBots, resume, storeCandles } from "../made_bots.ts";

/** The last one is refused what is more than five trades a day, so that it has all kinds of rows. */
const BOTS = CONFIGS.map((config, i) => {
  const isLast = i === CONFIGS.length - 1, { account } = config;
  return isLast ? { ...config, account: { ...account, maxTradesPerDay: 5 } } : config;
});

/** A database with bots that have decided some candles, and a way to change rows behind their backs. */
export interface Decided {
  store: Store;
  ids: string[];
  sql: Database["sql"];
}

/** Runs `test` with bots of the main strategies that have decided `rows` candles. */
export async function withDecided(
  rows: number,
  test: (decided: Decided) => Promise<void>,
): Promise<void> {
  await withStore(async (store, { url }) => {
    const ids = await makeBots(store, BOTS);
    await storeCandles(store, 0, rows);
    for (const id of ids) await (await resume(id, store)).processCandles();
    const database = openConnection(url, 1);
    try {
      await test({ store, ids, sql: database.sql });
    } finally {
      await database.close();
    }
  });
}

/** Runs `tamper`, verifies a bot, and puts the tables back as they were. */
export async function verifiedAfter(
  { store, sql }: Pick<Decided, "store" | "sql">,
  id: string,
  tamper: (sql: Database["sql"]) => Promise<unknown>,
): Promise<Verification> {
  for (const table of TABLES) {
    await sql`create table ${sql(`${table}_kept`)} as select * from ${sql(table)}`;
  }
  try {
    await tamper(sql);
    return await verifyBot(store, id);
  } finally {
    await sql`delete from bots`;
    await sql`delete from market_data`;
    for (const table of TABLES) {
      await sql`insert into ${sql(table)} select * from ${sql(`${table}_kept`)}`;
      await sql`drop table ${sql(`${table}_kept`)}`;
    }
  }
}

/** Bots first: the others refer to them, and go with them. */
const TABLES = [
  "bots",
  "market_data",
  "signals",
  "refusals",
  "fills",
  "trades",
  "bot_performance",
];
