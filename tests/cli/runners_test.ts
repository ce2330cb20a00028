/** Several `live` processes on one database: who has which bot, and that no bot ever runs twice. */
import assert from "node:assert/strict";
import { verifyBot } from "../../engine/live/verify/verify_bot.ts";
import type { BotRecord } from "../../engine/ports/bots.ts";
import type { Store } from "../../engine/ports/store.ts";
import { openStore } from "../../engine/storage/postgres/store.ts";
import { openSignals } from "../faults/live/signals.ts";
import { eventually } from "../support/eventually.ts";
import { withDatabase } from "../support/database.ts";
import { inTempFolder } from "../support/temp_folder.ts";
import { startLive } from "./command.ts";
import { exchangeFlags, quickConfig, tradingExchange } from "./trading_exchange.ts";

/** More looks than it takes until a lease is over, on any machine. */
const LONG = 60_000, SECOND = 1_000;

const byOwner = (bots: readonly BotRecord[]) => Map.groupBy(bots, ({ owner }) => owner);

/** Waits until each of so many runners has as many bots as the others. */
function shared(store: Store, runners: number): Promise<void> {
  return eventually(`${runners} runners have their share`, async () => {
    const all = byOwner(await store.bots.list()),
      counts = [...all.values()].map((one) => one.length);
    return all.size === runners && new Set(counts).size === 1 && !all.has(undefined);
  }, LONG);
}

/** Waits until every bot has decided a candle that closes behind a time. */
function decided(store: Store, time: number): Promise<void> {
  return eventually(
    "all have decided",
    async () => (await store.bots.list()).every(({ cursor = 0 }) => cursor > time),
    LONG,
  );
}

/** Each second of a bot is there once, and comes out again to the bit. */
async function assertUndisturbed(store: Store, { id, run }: BotRecord): Promise<void> {
  const times = (await store.performance.ofBot(id)).map(({ time }) => time);
  assert.ok(times.length > 10);
  const first = Math.floor(run.start / SECOND) * SECOND + 2 * SECOND;
  assert.ok(times[0] <= first, "it began late");
  times.forEach((time, i) => assert.equal(time, times[0] + i * SECOND, id));
  const { outcome, detail } = await verifyBot(store, id);
  assert.equal(outcome, "same", detail);
}

Deno.test("a runner that is stopped with SIGSTOP loses its bots, and when it wakes none of them runs twice", () =>
  inTempFolder((folder) =>
    withDatabase(async (url) => {
      const exchange = await tradingExchange(240_000), store = await openStore(url);
      const signals = openSignals();
      try {
        const names = ["one", "two", "three", "four"];
        const configs = await Promise.all(names.map((name) => quickConfig(folder, name)));
        const flags = await exchangeFlags(folder, exchange);
        const first = startLive([...configs, ...flags], url);
        await eventually(
          "they trade",
          async () => (await store.stats()).performance > 8,
          LONG,
        );
        // It was told of none of the bots, nor of their market.
        const second = startLive(["--stand-by", ...flags], url);
        await shared(store, 2);
        await decided(store, Date.now());
        const frozen = await first.pid;
        await signals.send(frozen, "SIGSTOP");
        await shared(store, 1);
        await decided(store, Date.now());
        await signals.send(frozen, "SIGCONT");
        await shared(store, 2);
        await decided(store, Date.now());
        for (const one of [second, first]) await one.signal("SIGTERM");
        const [{ code, err }, other] = await Promise.all([first.ended, second.ended]);
        assert.deepEqual([code, other.code], [0, 0], err + other.err);
        assert.match(err, /taken over by another runner/);
        assert.match(other.err, /handed back, for other runners have less to do/);
        const bots = await store.bots.list();
        assert.equal(bots.length, names.length);
        for (const bot of bots) {
          assert.deepEqual([bot.status, bot.restarts], ["running", []]);
          await assertUndisturbed(store, bot);
        }
      } finally {
        await signals.close();
        await store.close();
        await exchange.stop();
      }
    })
  ));
