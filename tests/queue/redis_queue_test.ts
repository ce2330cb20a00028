import { openBullQueue } from "../../engine/queue/bull_queue.ts";
import { openRedisServer } from "../../engine/queue/redis_server.ts";
import { redisTest, withRedis } from "../support/redis.ts";
import { queueContract } from "./queue_contract.ts";
import { withQueues } from "./with_queues.ts";

queueContract(
  "a queue over Redis",
  (test) =>
    withRedis(({ url }) =>
      withQueues(async () => await openBullQueue(await openRedisServer(url)), test)
    ),
  redisTest,
);
