import assert from "node:assert/strict";
import { type Database, openConnection } from "../../engine/storage/postgres/connection.ts";
import { migrate } from "../../engine/storage/postgres/migrate.ts";
import { MIGRATIONS } from "../../engine/storage/postgres/migrations/all.ts";
import { withDatabase } from "../support/database.ts";
import { startProcess } from "../support/limited_process.ts";

const SCRIPT = new URL("open_store.ts", import.meta.url).pathname;

/** Opens the store at `url` in processes of their own, as much at once as can be. What each said. */
async function openInProcesses(url: string, count: number): Promise<string[]> {
  const children = Array.from({ length: count }, () =>
    startProcess("deno", {
      args: ["run", "--no-prompt", "--quiet", "--allow-net=127.0.0.1", "--allow-env", SCRIPT, url],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }));
  await Promise.all(children.map(async ({ stdin }) => {
    const writer = stdin.getWriter();
    await writer.write(new Uint8Array(1));
    await writer.close();
  }));
  return await Promise.all(children.map(async ({ stdout, status }) => {
    const said = await new Response(stdout).text();
    await status;
    return said.trim();
  }));
}

/** Every column of every table, and when each migration was applied. */
async function tablesOf({ sql }: Database) {
  const columns = await sql`
    select table_name, column_name, data_type, is_nullable
    from information_schema.columns where table_schema = 'public'
    order by table_name, column_name`;
  const applied = await sql`select * from lockstep_migrations order by number`;
  return { columns: [...columns], applied: [...applied] };
}

const known = String(MIGRATIONS.length);

Deno.test("processes that open an empty database at once make its tables once", () =>
  withDatabase(async (url) => {
    assert.deepEqual(await openInProcesses(url, 3), [known, known, known]);
    const database = openConnection(url, 1);
    try {
      const made = await tablesOf(database);
      assert.equal(made.applied.length, MIGRATIONS.length);
      assert.deepEqual(await openInProcesses(url, 1), [known]);
      assert.deepEqual(await tablesOf(database), made);
    } finally {
      await database.close();
    }
  }));

Deno.test("processes that open an older database at once update it once, and keep what is in it", () =>
  withDatabase(async (url) => {
    const database = openConnection(url, 1), { sql } = database;
    try {
      await migrate(database, MIGRATIONS.slice(0, 1));
      for (const [symbol, minute] of [["A", 1], ["A", 3], ["A", 2], ["B", 5]] as const) {
        await sql`
          insert into market_data values ('x', ${symbol}, '1m',
            ${new Date(minute * 60_000)}, 0, 1, 1, 1, 1, 1, null, 'traded')`;
      }
      await sql`
        create table raw_trades_1970_01 partition of raw_trades
          for values from ('1970-01-01') to ('1970-02-01')`;
      await sql`
        insert into raw_trades values ('x', 'A', 'trade', '1970-01-01', '1', 2, 3, 'buy')`;
      assert.deepEqual(await openInProcesses(url, 3), [known, known, known]);
      const series = await sql`
        select symbol, newest, version::integer from market_series order by symbol`;
      assert.deepEqual([...series], [
        { symbol: "A", newest: new Date(3 * 60_000), version: 1 },
        { symbol: "B", newest: new Date(5 * 60_000), version: 1 },
      ]);
      const [trade] = await sql`select id, price, amount, side, data from raw_trades`;
      assert.deepEqual(trade, { id: "1", price: 2, amount: 3, side: "buy", data: null });
    } finally {
      await database.close();
    }
  }));
