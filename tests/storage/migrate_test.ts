import assert from "node:assert/strict";
import { type Database, openConnection } from "../../engine/storage/postgres/connection.ts";
import { migrate } from "../../engine/storage/postgres/migrate.ts";
import { MIGRATIONS } from "../../engine/storage/postgres/migrations/all.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { withDatabase } from "../support/database.ts";

function withConnection(test: (database: Database) => Promise<void>): Promise<void> {
  return withDatabase(async (url) => {
    const database = openConnection(url, 1);
    try {
      await test(database);
    } finally {
      await database.close();
    }
  });
}

const STEPS = [
  { number: 1, name: "first", sql: "create table first (a integer)" },
  {
    number: 2,
    name: "second",
    sql: "create table second (b integer); insert into first values (1)",
  },
];

async function applied({ sql }: Database): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select name from lockstep_migrations order by number`;
  return rows.map((row) => row.name);
}

Deno.test("migrations are numbered without holes", () => {
  assert.deepEqual(MIGRATIONS.map((step) => step.number), MIGRATIONS.map((_, i) => i + 1));
});

Deno.test("each migration is applied once, and later ones follow", () =>
  withConnection(async (database) => {
    await migrate(database, STEPS.slice(0, 1));
    await migrate(database, STEPS);
    await migrate(database, STEPS);
    assert.deepEqual(await applied(database), ["first", "second"]);
    assert.equal((await database.sql`select from first`).count, 1);
  }));

Deno.test("many that open an empty database at once make its tables once", () =>
  withDatabase(async (url) => {
    const stores = await Promise.all([1, 2, 3, 4, 5].map(() => openStore(url)));
    for (const store of stores) assert.equal((await store.stats()).bots, 0);
    await Promise.all(stores.map((store) => store.close()));
  }));

Deno.test("migrations that fail leave the database as it was", () =>
  withConnection(async (database) => {
    await migrate(database, STEPS.slice(0, 1));
    const broken = { number: 3, name: "broken", sql: "create table third (c integr)" };
    await assert.rejects(migrate(database, [...STEPS, broken]), {
      name: "StoreError",
      message: /Cannot set up the database's tables: type "integr" does not exist/,
    });
    assert.deepEqual(await applied(database), ["first"]);
    const [{ second }] = await database.sql`select to_regclass('second') as second`;
    assert.equal(second, null);
  }));

Deno.test("a database of a newer version is refused", () =>
  withConnection(async (database) => {
    await migrate(database, STEPS);
    await assert.rejects(migrate(database, STEPS.slice(0, 1)), {
      name: "StoreError",
      message: /set up by a newer Lockstep \(step 2; this one knows 1\)/,
    });
  }));

Deno.test("of two bots at work in one place the younger stays, and what was asked of the older is dropped", () =>
  withConnection(async (database) => {
    const { sql } = database;
    await migrate(database, MIGRATIONS.slice(0, 14));
    const config = { name: "one", market: { exchange: "made", symbol: "BTC/USDT" } };
    for (const [id, at] of [["a", "2024-08-09"], ["b", "2024-08-08"]]) {
      await sql`insert into bots (id, config, run, status, created_at)
        values (${id}, ${sql.json(config)}, '{}', 'running', ${new Date(at)})`;
      await sql`insert into bot_wishes (bot_id, number, wish, asked_by, reason, not_before)
        values (${id}, 1, 'pause', 'me', '', now()), (${id}, 2, 'start', 'me', '', now())`;
    }
    await migrate(database, MIGRATIONS);
    const rows = await sql<{ said: string }[]>`
      select concat_ws(' ', id, status, wish, outcome) as said
      from bots join bot_wishes on bot_id = id order by id, number`;
    assert.deepEqual(rows.map(({ said }) => said), [
      "a running pause open",
      "a running start open",
      "b stopped pause dropped",
      "b stopped start open",
    ]);
  }));
