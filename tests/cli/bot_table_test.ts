import assert from "node:assert/strict";
import { type BotResult, botResult, botTable } from "../../engine/cli/bot_table.ts";
import { openDatabase } from "../../engine/cli/database.ts";
import { botsThatRun } from "../../engine/live/bots/bots_that_run.ts";
import { findBot } from "../../engine/live/bots/find_bot.ts";
import { stopEdited } from "../../engine/live/bots/stop_edited.ts";
import type { Store } from "../../engine/ports/store.ts";
import { FencedError } from "../../engine/ports/store_errors.ts";
import { databaseUrl, openConnection } from "../../engine/storage/postgres/connection.ts";
import { withDatabase, withStore } from "../support/database.ts";
import { bareBot, starting } from "../storage/bare_bot.ts";

const CONFIG = JSON.parse(Deno.readTextFileSync("strategies/sma_cross_1m.json"));
const START = Date.UTC(2024, 0, 1), MINUTE = 60_000;

const NOTHING = { signals: [], refusals: [], fills: [], trades: [] };

/** A bot that has decided 180 candles, of which three are kept. */
async function madeBot(store: Store, id: string): Promise<number> {
  await store.bots.create(bareBot(id, CONFIG));
  const epoch = await store.bots.claim(id, starting("me"));
  await store.bots.setStatus(id, epoch, "running", "");
  const equities = [[12_000, 0], [9_000, -0.25], [10_500, -0.125]];
  const performance = equities.map(([equity, drawdown], i) => (
    { time: START + i * MINUTE, equity, cash: 500, position: 2.5, drawdown }
  ));
  const cursor = performance[2].time, snapshot = new Uint8Array();
  const previousCursor = undefined, rest = { cursor, snapshot, performance, ...NOTHING };
  const all = { candles: 180, maxDrawdown: -0.375 };
  await store.commit({ botId: id, epoch, previousCursor, ...rest, ...all });
  return epoch;
}

async function resultOf(store: Store, id: string, now: number): Promise<BotResult> {
  const held = await botsThatRun(store.bots, [id]);
  return await botResult(store, (await store.bots.find(id))!, { now, held });
}

Deno.test("the table tells equity, return, the deepest drawdown of all candles and the position", () =>
  withStore(async (store) => {
    await madeBot(store, "a");
    const result = await resultOf(store, "a", Date.now());
    const { candles, equity, totalReturn, maxDrawdown, position } = result;
    const expected = [180, 10_500, 10_500 / CONFIG.account.balance - 1, -0.375, 2.5];
    assert.deepEqual([candles, equity, totalReturn, maxDrawdown, position], expected);
    assert.match(botTable([result]), / 10,500\.00 +5\.00% +-37\.50% +2\.50$/);
  }));

Deno.test("a bot is called running while a process has it, whenever it last gave a sign of life", () =>
  withStore(async (store) => {
    const epoch = await madeBot(store, "a"), at = Date.UTC(2024, 0, 1, 9);
    await store.bots.heartbeat("a", epoch, at);
    const alive = await resultOf(store, "a", at + 29_999);
    assert.match(botTable([alive]), /1m +running +180/);
    const silent = await resultOf(store, "a", at + 30_000);
    assert.deepEqual([silent.alive, silent.stalled, silent.heartbeat], [true, true, at]);
    assert.match(botTable([silent]), /running, stalled since 2024-01-01T09:00:00Z/);
    // Its process has just ended.
    await store.bots.release("me");
    const gone = await resultOf(store, "a", at + 1);
    assert.deepEqual([gone.alive, gone.stalled], [false, false]);
    assert.match(botTable([gone]), /no process since 2024-01-01T09:00:00Z, goes on when started/);
    await store.bots.setStatus("a", epoch, "paused", "asked by me: news");
    const paused = botTable([await resultOf(store, "a", at + 1)]);
    assert.match(paused, /paused: asked by me: news, no process since 2024-01-01T09:00:00Z/);
    await store.bots.setStatus("a", epoch, "finished", "the tape ended");
    assert.match(botTable([await resultOf(store, "a", at)]), /finished: the tape ended +180/);
    // One that was made just now, and has decided nothing.
    const { createdAt } = await store.bots.create(bareBot("b", CONFIG));
    await store.bots.claim("b", starting("you"));
    assert.equal((await resultOf(store, "b", createdAt + 1_000)).stalled, false);
    assert.equal((await resultOf(store, "b", createdAt + 60_000)).stalled, true);
  }));

Deno.test("the bot of a tape goes on when that is replayed, if it was kept", () =>
  withStore(async (store) => {
    const market = { ...CONFIG.market, exchange: "binance@12345678" };
    await store.bots.create(bareBot("a", { ...CONFIG, market }));
    const epoch = await store.bots.claim("a", starting("me"));
    await store.bots.handBack("a", epoch);
    const bots = [await resultOf(store, "a", Date.now())];
    assert.match(botTable(bots), / no process, goes on when its tape is replayed further /);
    assert.match(botTable(bots, { isKept: false }), / running, ended before its tape, not kept /);
  }));

Deno.test("a bot is found by its id, or by a beginning that no other id has", () =>
  withStore(async (store) => {
    await assert.rejects(findBot(store, "x"), {
      name: "InputError",
      message: 'There is no bot "x". There are none at all: a replay leaves its bots in the ' +
        "database with --keep alone",
    });
    for (const id of ["cross", "cross-1", "cross-2", "ema"]) {
      await store.bots.create(bareBot(id, CONFIG));
    }
    assert.equal((await findBot(store, "cross")).id, "cross");
    assert.equal((await findBot(store, "cross-2")).id, "cross-2");
    assert.equal((await findBot(store, "e")).id, "ema");
    await assert.rejects(findBot(store, "cross-"), {
      name: "InputError",
      message: '"cross-" begins the ids of several bots. There are cross-1, cross-2',
    });
    await assert.rejects(findBot(store, "x"), /There is no bot "x"\. There are cross, cross-1/);
  }));

Deno.test("of the runs of a config its name means the one at work, or the last one", () =>
  withStore(async (store) => {
    for (const id of ["cross-1", "cross-2", "cross-3"]) {
      await store.bots.create(bareBot(id, { ...CONFIG, name: "cross" }));
    }
    assert.equal((await findBot(store, "cross")).id, "cross-3");
    await store.bots.claim("cross-2", starting("me"));
    assert.equal((await findBot(store, "cross")).id, "cross-2");
    await assert.rejects(findBot(store, "cros"), /"cros" begins the ids of several bots/);
    const market = { ...CONFIG.market, symbol: "ETH/USDT" };
    await store.bots.create(bareBot("cross-4", { ...CONFIG, name: "cross", market }));
    await assert.rejects(findBot(store, "cross"), /"cross" begins the ids of several bots/);
  }));

Deno.test("the bot of an edited config can write nothing any more, whoever runs it", () =>
  withStore(async (store) => {
    const epoch = await madeBot(store, "old"), other = { ...CONFIG, name: "other" };
    await store.bots.create(bareBot("other", other));
    await store.bots.claim("other", starting("me"));
    await stopEdited(store, [{ id: "new", config: CONFIG }], () => {});
    const { status, owner, epoch: now } = (await store.bots.find("old"))!;
    assert.deepEqual([status, owner, now], ["stopped", undefined, epoch + 1]);
    const previousCursor = START + 2 * MINUTE, cursor = previousCursor + MINUTE;
    const nothing = { ...NOTHING, performance: [], snapshot: new Uint8Array() };
    const late = {
      ...{ botId: "old", epoch, previousCursor, cursor, ...nothing },
      ...{ candles: 0, maxDrawdown: 0 },
    };
    await assert.rejects(store.commit(late), FencedError);
    assert.equal((await store.bots.find("other"))!.status, "running");
  }));

Deno.test("a throw-away database is there until it is closed, and then gone", () =>
  withDatabase(async (url) => {
    const name = `replay_${crypto.randomUUID().replaceAll("-", "_")}`;
    const isThere = async () => {
      const { sql, close } = openConnection(databaseUrl(url, "postgres"), 1);
      const rows = await sql`select from pg_database where datname = ${name}`;
      await close();
      return rows.length === 1;
    };
    const { store, close } = await openDatabase({ throwaway: name });
    assert.deepEqual([await isThere(), await store.bots.list()], [true, []]);
    await close();
    assert.equal(await isThere(), false);
  }));
