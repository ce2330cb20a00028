import assert from "node:assert/strict";
import { newBot, runSpec } from "../../../engine/live/bots/run_record.ts";
import { signalsChannel } from "../../../engine/ports/bus.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { FencedError } from "../../../engine/ports/store_errors.ts";
import { withStore } from "../../support/database.ts";
import { recordingBus } from "../faults.ts";
import { CANDLES, CONFIGS, makeBots, resume, storeCandles, writtenBy } from "../made_bots.ts";

const ROWS = 200;

/** Holds what the bots of a store wrote to what others write that decide all at once. */
async function assertUndisturbed(store: Store, ids: readonly string[]): Promise<void> {
  await withStore(async (other) => {
    await makeBots(other);
    await storeCandles(other, 0, ROWS);
    for (const id of ids) {
      const bot = await resume(id, other);
      assert.equal(await bot.processCandles(), ROWS);
      const expected = await writtenBy(other, id);
      assert.ok(expected.trades.length > 3, id);
      assert.deepEqual(await writtenBy(store, id), expected, id);
    }
  });
}

Deno.test("a bot decides candles as they come, none twice and none left out", () =>
  withStore(async (store) => {
    const ids = await makeBots(store);
    const bots = await Promise.all(ids.map((id) => resume(id, store)));
    for (const bot of bots) assert.equal(await bot.processCandles(), 0);
    let stored = 0;
    for (const more of [1, 1, 0, 7, 60, 1, 130]) {
      await storeCandles(store, stored, stored + more);
      stored += more;
      for (const bot of bots) {
        assert.equal(await bot.processCandles(), more);
        assert.equal(await bot.processCandles(), 0);
        assert.equal(bot.cursor, CANDLES[stored - 1].time);
      }
    }
    assert.equal(stored, ROWS);
    await assertUndisturbed(store, ids);
  }));

/** Where the process dies: before the transaction, or behind it, so that nobody hears of it. */
for (
  const [when, written] of [["before its transaction", false], [
    "right behind its transaction",
    true,
  ]] as const
) {
  Deno.test(`a bot that dies ${when} leaves all of a decision or nothing`, () =>
    withStore(async (store) => {
      const ids = await makeBots(store);
      const mortal: Store = {
        ...store,
        commit: async (decision) => {
          if (written) await store.commit(decision);
          throw new Error("died");
        },
      };
      for (let rows = 40; rows <= ROWS; rows += 40) {
        await storeCandles(store, rows - 40, rows);
        for (const id of ids) {
          const before = await writtenBy(store, id);
          const dying = await resume(id, mortal);
          await assert.rejects(dying.processCandles(), /died/);
          if (!written) assert.deepEqual(await writtenBy(store, id), before);
          const next = await resume(id, store);
          assert.equal(await next.processCandles(), written ? 0 : 40);
          assert.equal(next.cursor, CANDLES[rows - 1].time);
        }
      }
      await assertUndisturbed(store, ids);
    }));
}

Deno.test("a bot that was taken over writes nothing any more", () =>
  withStore(async (store) => {
    const ids = await makeBots(store);
    await storeCandles(store, 0, 100);
    const old = await Promise.all(ids.map((id) => resume(id, store)));
    for (const bot of old) await bot.processCandles();
    await storeCandles(store, 100, ROWS);
    for (const bot of old) {
      const next = await resume(bot.id, store);
      const before = await writtenBy(store, bot.id);
      await assert.rejects(bot.processCandles(), FencedError);
      await assert.rejects(bot.heartbeat(0), FencedError);
      assert.deepEqual(await writtenBy(store, bot.id), before);
      await next.processCandles();
    }
    await assertUndisturbed(store, ids);
  }));

Deno.test("two bots of one id that race leave what one leaves", () =>
  withStore(async (store) => {
    const ids = await makeBots(store);
    await storeCandles(store, 0, ROWS);
    for (const id of ids) {
      const racers = await Promise.all(
        [1, 2, 3, 4].map(() => resume(id, store)),
      );
      const raced = await Promise.allSettled(racers.map((bot) => bot.processCandles()));
      const lost = raced.filter((one) => one.status === "rejected");
      assert.equal(lost.length, 3);
      for (const { reason } of lost) assert.ok(reason instanceof FencedError, String(reason));
    }
    await assertUndisturbed(store, ids);
  }));

Deno.test("a bot tells of its last decision once it is written", () =>
  withStore(async (store) => {
    const [id] = await makeBots(store), bus = recordingBus();
    await storeCandles(store, 0, ROWS);
    await (await resume(id, store, bus)).processCandles();
    const { action, time, price } = (await store.signals.ofBot(id)).at(-1)!;
    assert.deepEqual(bus.published, [[signalsChannel(id), { action, time, price }]]);
  }));

Deno.test("a bot acts from its start on, with indicators that have seen what was before", () =>
  withStore(async (store) => {
    const start = CANDLES[99].time, run = { decimals: 2, anchor: CANDLES[9].time, start };
    const { id } = await store.bots.create(newBot(CONFIGS[0], run));
    await storeCandles(store, 0, ROWS);
    const bot = await resume(id, store);
    assert.equal(await bot.processCandles(), ROWS - 10);
    const { performance, signals } = await writtenBy(store, id);
    assert.deepEqual(
      performance.map(({ time }) => time),
      CANDLES.slice(0, ROWS).map(({ time }) => time).filter((time) => time - 1_000 >= start),
    );
    assert.ok(signals.length > 0 && signals.every(({ time }) => time > start));
  }));

Deno.test("an edited config is another bot; its receipt and its $schema are not part of it", () => {
  const run = { decimals: 2, anchor: 0, start: 0 },
    [config] = CONFIGS,
    { id } = newBot(config, run);
  assert.match(id, new RegExp(`^${config.name}-[0-9a-f]{8}$`));
  assert.equal(newBot({ ...config, $schema: "./config.schema.json" }, run).id, id);
  const { strategy, account, market } = config;
  const ids = [
    newBot({ ...config, name: "other" }, run),
    newBot({ ...config, account: { ...account, fee: 0.002 } }, run),
    newBot({ ...config, market: { ...market, symbol: "ETH/USDT" } }, run),
    newBot({ ...config, risk: { stopLoss: 0.5 } }, run),
    newBot({ ...config, strategy: { ...strategy, params: { ...strategy.params, slow: 9 } } }, run),
    newBot(config, { ...run, decimals: null }),
    newBot(config, { ...run, anchor: 1 }),
    newBot(config, { ...run, start: 1 }),
  ].map((bot) => bot.id);
  assert.equal(new Set([id, ...ids]).size, 9);
  assert.equal(
    newBot(config, { ...run, decimals: 3 }).id,
    id,
    "the same bot, where ticks got finer",
  );
});

Deno.test("a stored bot whose config was changed in the database is refused", () => {
  const made = newBot(CONFIGS[0], { decimals: 2, anchor: 0, start: 0 });
  assert.equal(runSpec(made).decimals, 4);
  const config = { ...CONFIGS[0], account: { ...CONFIGS[0].account, fee: 0 } };
  assert.throws(() => runSpec({ ...made, config }), {
    name: "InputError",
    message: /its config is not the one that it was started with/,
  });
});
