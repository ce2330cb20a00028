import assert from "node:assert/strict";
import { newBot } from "../../../engine/live/bots/run_record.ts";
import { storedRun } from "../../../engine/live/bots/stored_run.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { LiveResult } from "../../../engine/research/live_result.ts";
import { madeCandles } from "../../laws/made_candles.ts";
import { BASE, mainConfigs } from "../../laws/parity_configs.ts";
import { assertSameBits } from "../../laws/same_bits.ts";
import { assertSameRows } from "../../laws/same_rows.ts";
import { withStore } from "../../support/database.ts";
import { CANDLES, CONFIGS, makeBots, resume, storeCandles } from "../made_bots.ts";
import { BTC } from "../made_feed.ts";

/** Twenty-five minutes, of which those decide that go by the minute. */
const ROWS = 1_500, LONG = madeCandles({ rows: ROWS, timeframe: "1s" }).rows();

const read = async (store: Store, id: string) => new LiveResult(await storedRun(store, id));

/** Bots that have decided all of the made candles, some at a time. */
async function decidedBots(store: Store, configs = CONFIGS): Promise<string[]> {
  const ids = await makeBots(store, configs);
  for (const [from, to] of [[0, 1], [1, 90], [90, ROWS]]) {
    await store.marketData.upsertCandles(CONFIGS[0].market, LONG.slice(from, to));
    for (const id of ids) {
      const bot = await resume(id, store);
      while (await bot.processCandles() > 0);
    }
  }
  return ids;
}

Deno.test("what is read of a bot is what its backtest gives: rows, equity of every candle, metrics", () =>
  withStore(async (store) => {
    const configs = [...CONFIGS, ...await mainConfigs([BTC], BASE)];
    let byTheMinute = 0;
    for (const id of await decidedBots(store, configs)) {
      const live = await read(store, id), again = live.backtest();
      if (id.includes("-base-")) byTheMinute += live.fills.length;
      else assert.ok(live.trades.length > 0, id);
      for (const table of ["signals", "refusals", "fills", "trades"] as const) {
        assertSameRows<object>(live[table].rows, again[table].rows, `${table} of ${id}`);
      }
      assert.equal(live.candles.length, ROWS);
      for (const name of ["time", "equity", "cash", "position"] as const) {
        assertSameBits(live.equity.column(name), again.equity.column(name), `${name} of ${id}`);
      }
      // Between the rows that are kept its peak is what these tell.
      const drawdown = again.equity.column("drawdown");
      live.equity.column("drawdown").forEach((one, i) => {
        assert.ok(Math.abs(one - drawdown[i]) < 1e-12, `drawdown of ${id}, row ${i}`);
      });
      assert.deepEqual([live.open, live.counts], [again.open, again.counts]);
      const { fees, turnover, finalEquity } = live.summary(), expected = again.summary();
      assert.deepEqual([fees, turnover, finalEquity], [
        ...[expected.fees, expected.turnover, expected.finalEquity],
      ]);
      assert.deepEqual(live.notes(), again.notes());
    }
    assert.ok(byTheMinute > 0);
  }));

Deno.test("a bot is found by the beginning of its id; what it has not done is said", () =>
  withStore(async (store) => {
    const ids = await makeBots(store), [id] = ids, name = CONFIGS[0].name;
    const nothing = {
      name: "InputError",
      message: `Bot ${id} has decided nothing yet: there are `,
    };
    await assert.rejects(storedRun(store, name), (error: Error) => {
      assert.equal(error.name, nothing.name);
      return error.message.startsWith(nothing.message);
    });
    await assert.rejects(storedRun(store, "x"), /There is no bot "x"/);
    await assert.rejects(storedRun(undefined, name), /There is no database here/);
    const lateConfig = { ...CONFIGS[0], name: "late" }, start = CANDLES[99].time + 1;
    const late = newBot(lateConfig, { decimals: 2, anchor: 0, start });
    await store.bots.create(late);
    await storeCandles(store, 0, 100);
    await (await resume(late.id, store)).processCandles();
    await assert.rejects(read(store, late.id), /account has acted on no candle of which equity/);
    await (await resume(id, store)).processCandles();
    const live = await read(store, id);
    assert.deepEqual([live.id, live.status, live.config.name], [id, "running", name]);
  }));

Deno.test("equity that is kept no more is left out, and that is noted", () =>
  withStore(async (store) => {
    const [id] = await decidedBots(store, CONFIGS.slice(0, 1)), { performance } = store;
    const shortened: Store = {
      ...store,
      performance: {
        ...performance,
        ofBot: async (...args) => (await performance.ofBot(...args)).slice(100),
      },
    };
    const live = await read(shortened, id), again = live.backtest();
    assert.equal(live.candles.length, ROWS - 100);
    assertSameBits(
      live.equity.column("equity"),
      again.equity.column("equity").slice(100),
      "equity",
    );
    assert.equal(live.trades.length, again.trades.length);
    assert.match(live.notes().at(-1)!, /^its equity is kept from \S+ on, though it began at \S+$/);
    const none: Store = {
      ...store,
      performance: { ...performance, ofBot: () => Promise.resolve([]) },
    };
    await assert.rejects(read(none, id), /no candle of which equity is kept/);
  }));

Deno.test("a bot that decides while it is read is read again", () =>
  withStore(async (store) => {
    const [id] = await makeBots(store, CONFIGS.slice(0, 1));
    await storeCandles(store, 0, 10);
    await (await resume(id, store)).processCandles();
    let rows = 10, more = 2;
    const { performance } = store;
    const busy: Store = {
      ...store,
      performance: {
        ...performance,
        async ofBot(...args) {
          if (more-- > 0) {
            await storeCandles(store, rows, rows += 10);
            await (await resume(id, store)).processCandles();
          }
          return await performance.ofBot(...args);
        },
      },
    };
    const live = await read(busy, id);
    assert.deepEqual([live.candles.length, live.seen.length], [30, 30]);
    more = Infinity;
    await assert.rejects(read(busy, id), /decides faster than it can be read/);
  }));
