/** Bots that are bad in all the ways that we know, each beside four healthy ones. */
import assert from "node:assert/strict";
import { DEFAULT_ACCOUNT } from "../../../engine/account/settings.ts";
import { BotManager } from "../../../engine/live/manager/bot_manager.ts";
import { verifyNightly } from "../../../engine/live/verify/nightly.ts";
import { SYSTEM_CHANNEL } from "../../../engine/ports/bus.ts";
import type { Store } from "../../../engine/ports/store.ts";
import { openConnection } from "../../../engine/storage/postgres/connection.ts";
import type { Config } from "../../../engine/strategy/config.ts";
import { loadConfig } from "../../../engine/strategy/load.ts";
import { withStore } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeClock } from "../fake_clock.ts";
import { recordingBus } from "../faults.ts";
import { CANDLES, CONFIGS, makeBots, resume, stopping, writtenBy } from "../made_bots.ts";

const ROWS = 46, HALF = 30, POISON = 36, HOUR = 3_600_000;
const { market } = CONFIGS[0], ETHER = { ...market, symbol: "ETH/USDT" };

/** Its averages are sums of whole ticks. */
const SMA = CONFIGS.find(({ strategy }) => strategy.name === "sma_cross")!;

/** Four of the same market: the three main strategies, and one of them with another balance. */
const HEALTHY: readonly Config[] = [
  ...CONFIGS,
  { ...SMA, name: "fourth", account: { ...SMA.account, balance: 777 } },
];

/** As much as a config may look back at: four windows of the longest kind. */
const RUINOUS = ((): Config => {
  const node = (window: number) => ({
    ...{ op: "alma", version: 1, inputs: [{ ref: "close" }] },
    args: { window, offset: 0.85, sigma: 6 },
  });
  const windows = [65_536, 65_535, 65_534, 65_533];
  const graph = Object.fromEntries(windows.map((window) => [`of${window}`, node(window)]));
  const series = Object.fromEntries(Object.keys(graph).map((name) => [name, { ref: name }]));
  const up = { op: "crossesAbove", version: 1, inputs: [{ ref: "close" }, { ref: "open" }] };
  const down = { ...up, inputs: [{ ref: "open" }, { ref: "close" }] };
  const strategy = {
    ...{ name: "ruinous", parameters: {}, params: {}, series, graph: { ...graph, up, down } },
    signals: { enterLong: { ref: "up" }, exitLong: { ref: "down" } },
  };
  const account = { ...DEFAULT_ACCOUNT, fee: 0.0001 };
  const text = { name: "ruinous", market, strategy, account, risk: {} };
  return loadConfig(JSON.stringify(text), "ruinous").config;
})();

/** A store that counts how many rows of equity a bot commits at once, at most. */
function counting(store: Store) {
  const most = new Map<string, number>();
  const counted: Store = {
    ...store,
    commit: async (decision) => {
      await store.commit(decision);
      const { botId, candles } = decision;
      most.set(botId, Math.max(most.get(botId) ?? 0, candles));
    },
  };
  return { store: counted, most };
}

/** Lets time pass, a tenth of a second at a time, until something holds. */
function passing(clock: FakeClock, what: string, holds: () => Promise<boolean> | boolean) {
  return eventually(what, async () => {
    clock.advance(100);
    return await holds();
  });
}

/** What bots of these configs write that nobody disturbs. */
async function undisturbed(configs: readonly Config[]) {
  const written: Awaited<ReturnType<typeof writtenBy>>[] = [];
  await withStore(async (store) => {
    const ids = await makeBots(store, configs);
    await store.marketData.upsertCandles(market, CANDLES.slice(0, ROWS));
    for (const id of ids) {
      const bot = await resume(id, store);
      while (await bot.processCandles() > 0);
      written.push(await writtenBy(store, id));
    }
  });
  return written;
}

Deno.test("four healthy bots do not notice what is wrong with those beside them", () =>
  withStore(async (store, { url }) => {
    const healthy = await makeBots(store, HEALTHY);
    const bad = { thrower: "throws", broken: "broken", corrupt: "corrupt", tampered: "tampered" };
    const configs = Object.entries(bad).map(([kind, name]): Config => ({
      ...{ ...SMA, name, market: kind === "thrower" ? ETHER : market },
    }));
    const [thrower, broken, corrupt, tampered] = await makeBots(store, configs);
    const [ruinous] = await makeBots(store, [RUINOUS]);
    const all = [...healthy, thrower, broken, corrupt, tampered, ruinous];
    const upsert = (key: typeof market, from: number, to: number) =>
      store.marketData.upsertCandles(
        key,
        CANDLES.slice(from, to).map((candle, i) =>
          // More decimals than its prices have: no whole number of ticks.
          key === ETHER && from + i === POISON
            ? { ...candle, close: candle.close + 1e-7, high: candle.high + 1 }
            : candle
        ),
      );
    const { sql, close } = openConnection(url, 1);
    const clock = new FakeClock(),
      bus = recordingBus(),
      told: string[] = [],
      stop = new AbortController();
    const { store: counted, most } = counting(store);
    const log = (message: string) => told.push(message);
    const manager = new BotManager(counted, bus, clock, log);
    const cursorOf = async (id: string) => (await store.bots.find(id))?.cursor;
    const statusOf = async (id: string) => {
      const { status, reason } = (await store.bots.find(id))!;
      return `${status}: ${reason}`;
    };
    const haveDecided = async (ids: readonly string[], rows: number) => {
      const cursors = await Promise.all(ids.map(cursorOf));
      return cursors.every((cursor) => cursor === CANDLES[rows - 1].time);
    };
    try {
      await stopping([manager], async () => {
        for (const key of [market, ETHER]) await upsert(key, 0, HALF);
        for (const id of all) manager.start(id);
        await passing(clock, "all have decided the first half", () => haveDecided(all, HALF));
        await manager.stop();

        await sql`update bots set snapshot = substring(snapshot from 1 for 80) where id = ${broken}`;
        await sql`update bots set config = 'null' where id = ${corrupt}`;
        await sql`update bot_performance set equity = equity + 0.01
          where bot_id = ${tampered} and time = ${new Date(CANDLES[20].time)}`;
        const second = new BotManager(counted, bus, clock, log);
        await stopping([second], async () => {
          assert.deepEqual(new Set(await second.restore()), new Set(all));
          for (let rows = HALF; rows < ROWS; rows++) {
            for (const key of [market, ETHER]) await upsert(key, rows, rows + 1);
            const alive = [...healthy, tampered, ...(rows < POISON ? [thrower] : [])];
            await passing(clock, `candle ${rows} is decided`, () => haveDecided(alive, rows + 1));
          }
          const out = [thrower, broken, corrupt];
          await passing(clock, "the three are quarantined", async () => {
            const statuses = await Promise.all(out.map(statusOf));
            return statuses.every((status) => status.startsWith("quarantined"));
          });
          assert.match(await statusOf(thrower), /close \S+ is no whole number of ticks of 0\.0001/);
          assert.match(await statusOf(broken), /Cannot restore 80 bytes: this run remembers/);
          assert.match(
            await statusOf(corrupt),
            /^quarantined: bot corrupt-\w+: its config is not the one that it was started/,
          );
          assert.equal(await cursorOf(thrower), CANDLES[POISON - 1].time, "up to the bad candle");
          await passing(
            clock,
            "the expensive one has caught up",
            () => haveDecided([ruinous], ROWS),
          );
          await second.caughtUp();

          const hour = new Date(clock.now()).getUTCHours() + 1;
          const mine = () => second.in("working");
          const night = verifyNightly({
            ...{ store: counted, bus, clock, log, stop: stop.signal, hour, mine },
          });
          clock.advance(HOUR);
          await passing(clock, "all are verified", async () => {
            return (await store.bots.list()).every(({ verification }) => verification);
          });
          stop.abort();
          await night;
          for (const id of [...healthy, ruinous]) {
            const { status, verification } = (await store.bots.find(id))!;
            assert.deepEqual([status, verification?.outcome, verification?.detail], [
              ...["running", "same", ""],
            ], id);
          }
          const row = new Date(CANDLES[20].time).toISOString().replace(".000Z", "Z");
          assert.match(
            await statusOf(tampered),
            new RegExp(
              `^diverged: performance, ${row}: equity is stored as .*: 1 edited|closes at`,
            ),
          );
          await passing(
            clock,
            "its runner lets it go",
            () => second.in("ended").includes(tampered),
          );
        });
      });
      const expected = await undisturbed([...HEALTHY, RUINOUS]);
      for (const [i, id] of [...healthy, ruinous].entries()) {
        assert.deepEqual(await writtenBy(store, id), expected[i], id);
      }
      assert.ok(expected.every(({ signals }) => signals.length > 0));
      assert.ok(most.get(ruinous)! <= 4, `${most.get(ruinous)} of its candles at once`);
      assert.equal(most.get(healthy[0]), HALF);
      const announced = bus.published.filter(([channel]) => channel === SYSTEM_CHANNEL)
        .map(([, { event, bot }]: [string, { event?: string; bot?: string }]) => `${event} ${bot}`);
      assert.deepEqual(
        announced.sort(),
        [
          // By night it is seen what had been done to two that were quarantined.
          ...[tampered, broken, corrupt].map((id) => `diverged ${id}`),
          ...[thrower, broken, corrupt].map((id) => `quarantined ${id}`),
        ].sort(),
      );
    } finally {
      stop.abort();
      await close();
    }
  }));
