import assert from "node:assert/strict";
import { botResult } from "../../../engine/cli/bot_table.ts";
import { openConnection } from "../../../engine/storage/postgres/connection.ts";
import { openStore } from "../../../engine/storage/postgres/store.ts";
import { withDatabase } from "../../support/database.ts";
import { madeCandles } from "../../laws/made_candles.ts";
import { CONFIGS, makeBots, resume } from "../made_bots.ts";

const OLD = 100_000, YOUNG = 100, BEHIND = 7;

/** Rows that the database has read so far, of tables and of indexes. */
async function rowsRead(url: string): Promise<number> {
  const { sql, close } = openConnection(url, 1);
  const [{ rows }] = await sql<[{ rows: number }]>`
    select ((select sum(seq_tup_read) from pg_stat_user_tables) +
      (select sum(idx_tup_read) from pg_stat_user_indexes))::integer as rows`;
  await close();
  return rows;
}

/** Opens a store that reads by indexes, whatever the tables' size, and counts what `use` reads. */
async function counted<T>(
  url: string,
  use: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>,
): Promise<{ result: T; rows: number }> {
  const before = await rowsRead(url), store = await openStore(url, { connections: 1 });
  const result = await use(store);
  // The server counts what a connection has read when it ends.
  await store.close();
  let rows = await rowsRead(url);
  for (let same = 0; same < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = await rowsRead(url);
    same = now === rows && now > before ? same + 1 : 0;
    rows = now;
  }
  return { result, rows: rows - before };
}

/** What it takes to start a bot again that has decided so many candles, and has a few to catch up with. */
async function startingAgain(url: string, candles: number) {
  const { sql, close } = openConnection(url, 1);
  const store = await openStore(url), [id] = await makeBots(store, CONFIGS.slice(0, 1));
  await sql.unsafe(`alter database ${sql.options.database} set enable_seqscan = off`);
  const rows = madeCandles({ rows: candles + BEHIND, timeframe: "1s" }).rows();
  const { market } = CONFIGS[0];
  await store.marketData.upsertCandles(market, rows.slice(0, candles));
  const bot = await resume(id, store);
  while (await bot.processCandles() > 0);
  await store.marketData.upsertCandles(market, rows.slice(candles));
  await store.close();
  await sql`vacuum analyze`;
  await close();
  const again = await counted(url, async (store) => {
    const bot = await resume(id, store);
    assert.equal(bot.cursor, rows[candles - 1].time);
    return await bot.processCandles();
  });
  assert.equal(again.result, BEHIND, "candles that came while it was down");
  const told = await counted(url, async (store) => {
    const bot = (await store.bots.find(id))!,
      seen = { now: rows.at(-1)!.time, held: new Set([id]) };
    const { signals, trades, equity } = await botResult(store, bot, seen);
    return { signals, trades, equity };
  });
  return { started: again.rows, ...told.result, told: told.rows };
}

Deno.test("starting a bot again reads as many rows after 100,000 candles as after 100", async () => {
  const young = await withDatabase((url) => startingAgain(url, YOUNG));
  const old = await withDatabase((url) => startingAgain(url, OLD));
  assert.equal(old.started, young.started);
  assert.ok(young.started >= BEHIND && young.started < 60, `${young.started} rows`);
  // What it has done is counted, and of its equity the last row is read.
  assert.ok(old.signals > 5_000, `${old.signals} signals`);
  assert.ok(old.told - old.signals - old.trades < 60, `${old.told} rows`);
});
