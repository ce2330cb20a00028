import assert from "node:assert/strict";
import { openRedisBus } from "../../engine/bus/redis_bus.ts";
import { marketChannel } from "../../engine/ports/bus.ts";
import { redisTest, withRedis } from "../support/redis.ts";
import { mainConfigs } from "./parity_configs.ts";
import { assertParity } from "./parity_law.ts";
import { withReplays } from "./parity_replay.ts";
import { instrumentsOf, readPlainTape, SAMPLE } from "./parity_tape.ts";

redisTest(
  "law 3 holds over Redis, which is killed and started again meanwhile",
  () =>
    withRedis(({ url, signal, start }) =>
      withReplays(async (store, replay) => {
        const { rows } = readPlainTape(SAMPLE), configs = await mainConfigs(instrumentsOf(rows));
        const bus = await openRedisBus(url);
        let heard = 0, restarted: Promise<void> | undefined;
        await bus.subscribe(marketChannel(configs[0].market.symbol), () => {
          // In the midst: at full speed few messages stand for many candles.
          if (++heard === 2) restarted = signal("SIGKILL").then(start);
        });
        try {
          await replay({ path: SAMPLE, configs, openBus: () => openRedisBus(url) });
          assert.ok(restarted, `${heard} messages`);
          await restarted;
          await assertParity(store, rows);
        } finally {
          await bus.close();
        }
      })
    ),
);
