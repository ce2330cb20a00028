import assert from "node:assert/strict";
import { sharedTest } from "../support/shared.ts";
import { BASE, mainConfigs, parityConfigs, tradesOften } from "./parity_configs.ts";
import { assertParity, printCounts } from "./parity_law.ts";
import { withReplays } from "./parity_replay.ts";
import { instrumentsOf, readPlainTape, SAMPLE, TAPE } from "./parity_tape.ts";

Deno.test("law 3: bots that decide by the minute and fill by the second, on the sample tape", () =>
  withReplays(async (store, replay) => {
    const { rows } = readPlainTape(SAMPLE), instruments = instrumentsOf(rows);
    const configs = [...await mainConfigs(instruments, BASE), ...await mainConfigs(instruments)];
    await replay({ path: SAMPLE, configs });
    const counts = await assertParity(store, rows);
    printCounts(counts);
    for (const { bot, trades, stops, targets } of counts) {
      if (!tradesOften(bot) || !bot.includes("-base-")) continue;
      assert.ok(trades >= 20 && stops > 0 && targets > 0, bot);
      // Stops are looked at by the second, decisions taken by the minute.
      const exits = (await store.trades.ofBot(bot)).filter(({ reason }) => reason === "stopLoss");
      assert.ok(exits.some(({ exitTime }) => exitTime % 60_000 !== 0), bot);
      const signals = await store.signals.ofBot(bot);
      assert.ok(signals.length > 0 && signals.every(({ time }) => time % 60_000 === 0), bot);
    }
  }));

sharedTest(
  "law 3: bots that decide by the minute and fill by the second, on a real tape",
  () =>
    withReplays(async (store, replay) => {
      const { rows } = readPlainTape(), configs = await parityConfigs(instrumentsOf(rows), BASE);
      await replay({ path: TAPE, configs });
      const counts = await assertParity(store, rows);
      printCounts(counts);
      assert.ok(counts.reduce((sum, { trades }) => sum + trades, 0) >= 20);
    }),
);
