/** Bots of which people ask something: their accounts carry it out, and it is part of what was decided. */
import assert from "node:assert/strict";
import { Bot } from "../../../engine/live/bots/bot.ts";
import { carriedOut } from "../../../engine/live/wishes/carried_out.ts";
import { newRun } from "../../../engine/live/bots/run_record.ts";
import { verifyBot } from "../../../engine/live/verify/verify_bot.ts";
import type { Intervention } from "../../../engine/account/interventions.ts";
import { statusChannel } from "../../../engine/ports/bus.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { decideCandles } from "../../../engine/run/decide_candles.ts";
import { starting } from "../../storage/bare_bot.ts";
import { withStore } from "../../support/database.ts";
import { deafBus, recordingBus } from "../faults.ts";
import { CANDLES, CONFIGS, makeBots, resume, storeCandles, writtenBy } from "../made_bots.ts";

const ROWS = 240;

/** Asked while the candle of that row is made. */
const ASKED: readonly (readonly [row: number, wish: Intervention])[] = [
  [40, "pause"],
  [80, "resume"],
  [151, "liquidate"],
  [152, "resume"],
  [172, "liquidate"],
  [200, "resume"],
  [200, "pause"],
];

/** Asks everything of every bot beforehand. */
async function askAll(store: Store, ids: readonly string[]): Promise<void> {
  for (const botId of ids) {
    for (const [i, [row, wish]] of ASKED.entries()) {
      const notBefore = CANDLES[row].time - 400, by = "me", reason = `${i}`;
      await store.wishes.ask({ botId, number: i + 1, wish, notBefore, by, reason }, "running");
    }
  }
}

/** A bot that is at work, with everything asked of it. */
async function made(store: Store): Promise<string[]> {
  const ids = await makeBots(store);
  for (const id of ids) await store.bots.claim(id, starting("me"));
  await askAll(store, ids);
  return ids;
}

Deno.test("what is asked acts at the close of its candle, whatever is decided at once and restarted", () =>
  withStore((store) =>
    withStore(async (other) => {
      const ids = await made(store), twins = await made(other);
      await storeCandles(other, 0, ROWS);
      let stored = 0;
      for (const more of [39, 1, 1, 1, 38, 41, 30, 20, 39]) {
        await storeCandles(store, stored, stored + more);
        stored += more;
        for (const id of ids) await (await resume(id, store)).processCandles();
      }
      for (let row = stored; row < ROWS; row++) {
        await storeCandles(store, row, row + 1);
        for (const id of ids) await (await resume(id, store)).processCandles();
      }
      let sold = 0;
      for (const id of twins) {
        await (await resume(id, other)).processCandles();
        const written = await writtenBy(store, id), { fills } = written;
        assert.deepEqual(written, await writtenBy(other, id), id);
        const wishes = await store.wishes.ofBot(id);
        assert.deepEqual(
          wishes.map(({ outcome, actedAt }) => [outcome, actedAt]),
          ASKED.map(([row]) => ["done", CANDLES[row].time]),
        );
        // What is decided at a close is filled at the next open.
        const paused = (time: number) =>
          time >= CANDLES[40].time && time < CANDLES[80].time ||
          time >= CANDLES[151].time && time < CANDLES[152].time ||
          time >= CANDLES[172].time;
        assert.deepEqual(fills.filter((fill) => fill.reason === "entry" && paused(fill.time)), []);
        assert.ok(fills.some(({ time }) => time > CANDLES[81].time && time < CANDLES[172].time));
        const manual = fills.filter(({ reason }) => reason === "manual");
        for (const { time, position } of manual) {
          assert.ok([CANDLES[151].time, CANDLES[172].time].includes(time));
          assert.equal(position, 0);
        }
        sold += manual.length;
        const { status, reason } = (await store.bots.find(id))!;
        assert.deepEqual([status, reason], ["paused", "asked by me: 6"]);
      }
      assert.ok(sold > 0, "nobody held anything");
    })
  ));

Deno.test("what was read before it was carried out is not carried out again by who took the bot over", () =>
  withStore(async (store) => {
    const ids = await made(store), stale = await store.wishes.open();
    await storeCandles(store, 0, 60);
    for (const id of ids) await (await resume(id, store)).processCandles();
    await storeCandles(store, 60, ROWS);
    for (const id of ids) {
      const bot = await resume(id, store);
      bot.hear(stale.filter(({ botId }) => botId === id));
      await bot.processCandles();
      const acted = (await store.wishes.ofBot(id)).map(({ actedAt }) => actedAt);
      assert.deepEqual(acted, ASKED.map(([row]) => CANDLES[row].time));
      assert.equal((await verifyBot(store, id)).outcome, "same");
    }
  }));

Deno.test("what was asked and when it acted gives the bot's numbers again, candle by candle", () =>
  withStore(async (store) => {
    const ids = await made(store);
    await storeCandles(store, 0, ROWS);
    for (const id of ids) {
      await (await resume(id, store)).processCandles();
      const record = (await store.bots.find(id))!, run = newRun(record);
      const asked = carriedOut(await store.wishes.ofBot(id));
      const candles = await store.marketData.candles(record.config.market);
      const { fills, trades, signals, refusals } = await writtenBy(store, id);
      const again = Array.from(
        { length: candles.length },
        (_, i) => decideCandles(run.driver, candles.slice(i, i + 1), { asked }),
      );
      assert.deepEqual(again.flatMap(({ fills }) => fills.rows), fills);
      assert.deepEqual(again.flatMap(({ trades }) => trades.rows), trades);
      assert.deepEqual(again.flatMap(({ signals }) => signals.rows), signals);
      assert.deepEqual(again.flatMap(({ refusals }) => refusals.rows), refusals);
      assert.deepEqual(run.save(), await store.bots.snapshot(id));
      assert.equal((await verifyBot(store, id)).outcome, "same");
    }
  }));

Deno.test("a bot hears what is asked while it works, once, though it is told twice, and says what it is", () =>
  withStore(async (store) => {
    const bus = recordingBus(), [id] = await makeBots(store, CONFIGS.slice(0, 1));
    const bot = await Bot.resume(id, await store.bots.claim(id, starting("me")), store, bus);
    await askAll(store, [id]);
    const wishes = await store.wishes.open(id);
    bot.hear(wishes);
    await storeCandles(store, 0, 60);
    await bot.processCandles();
    assert.ok(bot.isPaused);
    assert.deepEqual(bus.published.filter(([channel]) => channel === statusChannel(id)), [
      [statusChannel(id), { status: "paused", reason: "asked by me: 0" }],
    ]);
    bot.hear(wishes); // somebody read them before that
    await storeCandles(store, 60, ROWS);
    await bot.processCandles();
    await withStore(async (other) => {
      await made(other);
      await storeCandles(other, 0, ROWS);
      await (await Bot.resume(id, (await other.bots.find(id))!.epoch, other, deafBus))
        .processCandles();
      assert.deepEqual(await writtenBy(store, id), await writtenBy(other, id));
    });
  }));

Deno.test("a wish acts once, though a look from before that still has it as open", () =>
  withStore(async (store) => {
    const [id] = await makeBots(store, CONFIGS.slice(0, 1));
    await store.bots.claim(id, starting("me"));
    const asked = (number: number, wish: Intervention) =>
      store.wishes.ask(
        { botId: id, number, wish, notBefore: CANDLES[4].time - 400, by: "me", reason: "" },
        "running",
      );
    assert.ok(await asked(1, "pause"));
    const stale = await store.wishes.open(id), bot = await resume(id, store);
    for (let row = 0; row < 12; row++) {
      await storeCandles(store, row, row + 1);
      bot.hear(stale);
      await bot.processCandles();
      const [{ outcome, actedAt }] = await store.wishes.ofBot(id);
      const wanted = row < 4 ? ["open", undefined] : ["done", CANDLES[4].time];
      assert.deepEqual([outcome, actedAt], wanted, `after row ${row}`);
    }
  }));
