import assert from "node:assert/strict";
import { readRedisAddress } from "../../engine/bus/redis_address.ts";
import { openRedisConnection } from "../../engine/bus/redis_connection.ts";
import { eventually } from "../support/eventually.ts";
import { redisTest, withRedis } from "../support/redis.ts";

redisTest(
  "a connection to Redis that is cut off before it has begun comes back",
  () =>
    withRedis(async ({ url }) => {
      let ended = 0, cutOff = () => {};
      const patience = { answer: 300, pulse: 60_000 };
      const connection = await openRedisConnection(readRedisAddress(url), patience, (client) => {
        client.on("end", () => ended++);
        cutOff = () => {
          client.once("connecting", () => client.disconnect(true));
          client.disconnect(true);
        };
      });
      const answers = () =>
        connection.attempt("ask", {}, (client) => client.ping()).then(() => true, () => false);
      assert.ok(await answers());
      cutOff();
      await eventually("the client gives up", () => ended > 0);
      await eventually("it answers again", answers);
      await connection.close();
    }),
);
