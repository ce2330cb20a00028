import assert from "node:assert/strict";
import { openRedisBus } from "../../engine/bus/redis_bus.ts";
import { readTables } from "../laws/parity_tables.ts";
import { withDatabase } from "../support/database.ts";
import { freePort, redisTest, withRedis } from "../support/redis.ts";
import { runCommand } from "./command.ts";

const TRADE = ["live", "--replay", "data/sample_tape.csv.gz", "--keep", "--exit"];

redisTest(
  "live wakes its bots over the Redis that REDIS_URL names, and goes on without it",
  () =>
    withRedis(({ url: redis, signal }) =>
      withDatabase(async (alone) => {
        assert.equal((await runCommand(TRADE, { database: alone })).code, 0);
        const bus = await openRedisBus(redis);
        let killed: Promise<void> | undefined;
        await bus.subscribe("market:BTC/USDT", () => killed ??= signal("SIGKILL"));
        await withDatabase(async (database) => {
          const { code, out, err } = await runCommand(TRADE, { database, redis });
          assert.equal(code, 0, err);
          assert.ok(killed, "it was woken over Redis");
          assert.match(err, /everyone looks by the clock: Cannot publish on "[^"]+": Redis at 127/);
          assert.doesNotMatch(out + err, /secret|\n +at |Uncaught|Unhandled|\[ioredis\]/);
          assert.deepEqual(await readTables(database), await readTables(alone));
        });
        await bus.close();
      }), { password: "secret" }),
);

Deno.test("live ends at once, and says why, when there is no Redis where REDIS_URL says", () =>
  withDatabase(async (database) => {
    const port = freePort();
    const redis = `redis://ann:secret@127.0.0.1:${port}`;
    const { code, out, err } = await runCommand(TRADE, { database, redis });
    assert.deepEqual([code, out], [1, ""]);
    assert.equal(
      err,
      "Left out: pairs_z_score_1m reads ETH/USDT, too, of which sample_tape.csv.gz has nothing on synthetic\n" +
        `Cannot open the bus: Redis at 127.0.0.1:${port} cannot be reached (nothing listens there)\n`,
    );
  }));
