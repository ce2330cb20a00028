import { openBullQueue } from "../../engine/queue/bull_queue.ts";
import { openPostgresServer } from "../../engine/queue/postgres_server.ts";
import { withDatabase } from "../support/database.ts";
import { queueContract } from "./queue_contract.ts";
import { withQueues } from "./with_queues.ts";

queueContract(
  "a queue over PostgreSQL",
  (test) =>
    withDatabase((url) =>
      withQueues(async () => await openBullQueue(await openPostgresServer(url)), test)
    ),
);
