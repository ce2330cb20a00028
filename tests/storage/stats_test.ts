import assert from "node:assert/strict";
import { openConnection } from "../../engine/storage/postgres/connection.ts";
import { withStore } from "../support/database.ts";

const ROWS = 150_000;

Deno.test("counts up to 100,000 are exact, and estimates above that are said to be so", () =>
  withStore(async (store, { url }) => {
    const database = openConnection(url, 1, 60_000), { sql } = database;
    try {
      await store.maintain({ now: 0 });
      await sql`
        insert into market_data
        select 'okx', 'BTC/USDT', '1s', to_timestamp(i), 0, 1, 1, 1, 1, 1, 1, 'traded'
        from generate_series(1, ${ROWS}::integer) i`;
      await sql`
        insert into raw_trades
        select 'okx', 'BTC/USDT', 'trade', to_timestamp(i), i::text, 1, 1, 'buy'
        from generate_series(1, 100000) i`;
      const before = await store.stats();
      assert.ok(before.candles > 100_000, "at least what was counted");
      await sql`analyze`;
      const { candles, rawTrades, estimated } = await store.stats();
      assert.ok(Math.abs(candles / ROWS - 1) < 0.05, `${candles}`);
      assert.equal(rawTrades, 100_000);
      assert.deepEqual(estimated, ["candles"]);
    } finally {
      await database.close();
    }
  }));
