import assert from "node:assert/strict";
import { openRedisBus } from "../../engine/bus/redis_bus.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { readTables } from "../laws/parity_tables.ts";
import { withDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { redisTest, withRedis } from "../support/redis.ts";
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

const LEFT_OUT =
  "Left out: pairs_z_score_1m reads ETH/USDT, too, of which sample_tape.csv.gz has nothing on synthetic\n";

redisTest(
  "live starts while Redis is away, decides the same, and uses it once it is there",
  () =>
    withDatabase(async (alone) => {
      assert.equal((await runCommand(TRADE, { database: alone })).code, 0);
      await withRedis(({ url: redis, signal, start }) =>
        withDatabase(async (database) => {
          await signal("SIGKILL");
          // So the tape takes seven seconds at least, and Redis comes in the midst of it.
          const pace = ["--speed", "4000"];
          const running = runCommand([...TRADE, ...pace], { database, redis });
          const bots = await openStore(database);
          await eventually("a candle is decided without Redis", async () => {
            const all = await bots.bots.list().catch(() => []);
            return all.some(({ cursor }) => cursor !== undefined);
          });
          await bots.close();
          await start();
          const bus = await openRedisBus(redis);
          let woken = 0;
          await bus.subscribe("market:BTC/USDT", () => woken++);
          const { code, err } = await running;
          await bus.close();
          assert.equal(code, 0, err);
          assert.match(
            err,
            /Everyone looks by the clock for now: Cannot open the bus: Redis at 127/,
          );
          assert.match(err, /\(nothing listens there\)\n[^]*The bus works again\n/);
          assert.ok(woken > 0, "it was woken over Redis");
          assert.deepEqual(await readTables(database), await readTables(alone));
        })
      );
    }),
);

Deno.test("live ends at once, and says why, when REDIS_URL is none of a Redis", () =>
  withDatabase(async (database) => {
    const redis = "https://ann:secret@127.0.0.1:6379";
    const { code, out, err } = await runCommand(TRADE, { database, redis });
    assert.deepEqual([code, out], [1, ""]);
    assert.equal(
      err,
      `${LEFT_OUT}Cannot use the address of Redis: it must look like ` +
        "redis://user:password@host:6379/0, or rediss:// over TLS\n",
    );
  }));

redisTest(
  "live ends at once, and says why, when Redis does not let it in",
  () =>
    withRedis(({ port }) =>
      withDatabase(async (database) => {
        const redis = `redis://:guess@127.0.0.1:${port}`;
        const { code, out, err } = await runCommand(TRADE, { database, redis });
        assert.deepEqual([code, out], [1, ""]);
        assert.match(err.slice(LEFT_OUT.length), NOT_LET_IN);
        assert.doesNotMatch(err, /guess/);
      }), { password: "secret" }),
);

const NOT_LET_IN =
  /^Cannot open the bus: Redis at 127\.0\.0\.1:\d+ does not let user "default" in: WRONGPASS .*\n$/;
