import assert from "node:assert/strict";
import type { AccountSettings } from "../../../engine/account/settings.ts";
import { botFromNow } from "../../../engine/live/bots/bot_for_config.ts";
import { fetchFront } from "../../../engine/live/history/fetch_front.ts";
import type { Candle } from "../../../engine/market/candles.ts";
import type { History } from "../../../engine/ports/history.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { backtest } from "../../../engine/research/backtest.ts";
import { loadConfig } from "../../../engine/strategy/load.ts";
import { withStore } from "../../support/database.ts";
import { FakeClock } from "../fake_clock.ts";
import { CANDLES, CONFIGS, makeBots, resume, storeCandles, writtenBy } from "../made_bots.ts";

const KEY = CONFIGS[0].market, OPEN = CANDLES[0].time - 1_000;

/** An exchange that has the made candles from one on, and refuses to look further back. */
function historyFrom(oldest: number, candles: readonly Candle[] = CANDLES) {
  const asked: number[] = [];
  const history: History = {
    async *candles(_key, from, to) {
      await Promise.resolve();
      asked.push((from - OPEN) / 1_000);
      if (from < OPEN + 1_000 * oldest) throw new Error("it does not go back so far");
      const wanted = candles.filter(({ time }) => time > from && time <= to);
      for (let i = 0; i < wanted.length; i += 50) {
        const page = wanted.slice(i, i + 50);
        yield { candles: page, through: page.at(-1)!.time };
      }
      yield { candles: [], through: to };
    },
  };
  return { history, asked };
}

function fetching(store: Store, history: History, from: number, told: string[] = []) {
  const tell = (message: string) => void told.push(message), { signal } = new AbortController();
  const place = { store, history, clock: new FakeClock(), tell, signal };
  return fetchFront(KEY, OPEN + 1_000 * from, place);
}

async function rows(store: Store, front?: number) {
  return (await store.marketData.candles(KEY, { front })).rows();
}

/** A new bot of a config that needs 200 candles and begins with candle 320; has it decide all. */
async function newBotOf(store: Store, config: (typeof CONFIGS)[number], front: Front) {
  const now = OPEN + 320_000, bot = botFromNow(config, { decimals: 2, now, warmUp: 200, front });
  const { id } = await store.bots.create(bot);
  while (await (await resume(id, store)).processCandles() > 0);
  return { ...bot, written: await writtenBy(store, id) };
}
type Front = NonNullable<Awaited<ReturnType<typeof fetchFront>>>;

Deno.test("a bot that is new in a market that was collected for a short while begins warm, as a backtest does", () =>
  withStore(async (store) => {
    await storeCandles(store, 300, 320);
    const old = await makeBots(store), before = [];
    for (const id of old) {
      await (await resume(id, store)).processCandles();
      before.push(await writtenBy(store, id));
    }
    const told: string[] = [], front = (await fetching(store, historyFrom(0).history, 110, told))!;
    assert.deepEqual(front, { from: OPEN + 110_000, front: CANDLES[299].time });
    assert.match(told.join(), /made BTC\/USDT 1s: 190 candles to begin with, from /);
    await storeCandles(store, 320, 400);
    for (const made of CONFIGS) {
      const config = { ...made, name: `${made.name}_late` };
      const { id, run, written } = await newBotOf(store, config, front);
      assert.equal(run.anchor, OPEN + 119_000, "one for the candle in the making");
      const range = { after: run.anchor, front: run.front };
      const decided = await store.marketData.candles(KEY, range);
      assert.deepEqual(decided.rows(), CANDLES.slice(119));
      const { strategy, parameters } = loadConfig(JSON.stringify(config), id);
      const account = config.account as AccountSettings, { start, decimals } = run;
      const settings = { params: parameters, account, start, decimals: decimals ?? undefined };
      const result = backtest(strategy, decided, settings);
      assert.deepEqual(written.signals, result.signals.rows);
      assert.deepEqual(written.trades, result.trades.rows);
      const equity = written.performance.map(({ equity }) => equity);
      assert.deepEqual(equity, [...result.equity.column("equity")]);
      assert.equal(equity.length, CANDLES.filter(({ time }) => time - 1_000 >= start).length);
    }
    // Those who went by have never seen them, not even when they are decided once more.
    assert.deepEqual(await rows(store), CANDLES.slice(300));
    for (const [i, id] of old.entries()) assert.deepEqual(await writtenBy(store, id), before[i]);
  }));

Deno.test("what an exchange gives of a front is kept, without a hole, and the bot begins there", () =>
  withStore(async (store) => {
    await storeCandles(store, 300, 400);
    const told: string[] = [], { history, asked } = historyFrom(150);
    const front = (await fetching(store, history, 0, told))!;
    const from = Math.min(...asked.filter((one) => one >= 150));
    assert.ok(from < 150 + 30, `it stopped at ${from}`);
    assert.deepEqual(front, { from: OPEN + 1_000 * from, front: CANDLES[299].time });
    assert.deepEqual(await rows(store, front.front), CANDLES.slice(from));
    assert.match(
      told.join(),
      /candles to begin with, from .* and not from .*: it does not go back/,
    );
    const bot = await newBotOf(store, CONFIGS[0], front);
    // Another one has more of them fetched: the first one's candles stay what they are.
    await fetching(store, historyFrom(0).history, 0);
    assert.deepEqual(await rows(store, front.front), CANDLES);
    const { anchor: after, front: its } = bot.run;
    const range = { after, front: its };
    assert.deepEqual((await store.marketData.candles(KEY, range)).rows(), CANDLES.slice(from));
  }));

Deno.test("silence in front is filled, and nothing is asked for that is there", () =>
  withStore(async (store) => {
    await storeCandles(store, 300, 400);
    const sparse = CANDLES.filter((_, i) => i < 100 || i >= 300);
    const { history, asked } = historyFrom(0, sparse);
    const front = (await fetching(store, history, 250))!;
    assert.deepEqual([front.front, front.from], [undefined, OPEN + 300_000]);
    const longer = (await fetching(store, history, 50))!, all = await rows(store, longer.front);
    assert.equal(longer.from, OPEN + 50_000);
    assert.equal(all.length, 350);
    for (const { kind, volume, close } of all.slice(50, 250)) {
      assert.deepEqual([kind, volume, close], ["empty", 0, CANDLES[99].close]);
    }
    asked.length = 0;
    assert.deepEqual(await fetching(store, history, 50), longer);
    assert.deepEqual(asked, []);
  }));

Deno.test("an exchange that does not tell of the front's end leaves no hole, and none is made up", () =>
  withStore(async (store) => {
    await storeCandles(store, 300, 400);
    const told: string[] = [],
      history: History = {
        async *candles() {
          await Promise.resolve();
          yield { candles: CANDLES.slice(200, 290), through: CANDLES[289].time };
        },
      };
    const front = await fetching(store, history, 200, told);
    assert.deepEqual(front, { from: OPEN + 300_000, front: undefined });
    assert.deepEqual(await rows(store, CANDLES[399].time), CANDLES.slice(300));
    assert.match(told.join(), /begins without earlier candles/);
  }));
