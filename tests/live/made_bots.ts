import { Bot } from "../../engine/live/bots/bot.ts";
import type { BotManager } from "../../engine/live/manager/bot_manager.ts";
import { newBot } from "../../engine/live/bots/run_record.ts";
import type { Candle } from "../../engine/market/candles.ts";
import type { Bus } from "../../engine/ports/bus.ts";
import type { Store } from "../../engine/ports/store.ts";
import type { Config } from "../../engine/strategy/config.ts";
import { madeCandles } from "../laws/made_candles.ts";
import { mainConfigs } from "../laws/parity_configs.ts";
import { starting } from "../storage/bare_bot.ts";
import { eventually } from "../support/eventually.ts";
import { deafBus } from "./faults.ts";
import { BTC } from "./made_feed.ts";

/** Candles of one second for the made bots. */
export const CANDLES: readonly Candle[] = madeCandles({ rows: 400, timeframe: "1s" }).rows();

/** A config of each main strategy, on candles of one second. */
export const CONFIGS: readonly Config[] = await mainConfigs([BTC]);

/** Stores candles [from, to) of the made ones. */
export async function storeCandles(store: Store, from: number, to: number): Promise<void> {
  await store.marketData.upsertCandles(CONFIGS[0].market, CANDLES.slice(from, to));
}

/** Makes a bot of each config and returns their ids. */
export async function makeBots(store: Store, configs = CONFIGS): Promise<string[]> {
  const bots = configs.map((config) => newBot(config, { decimals: 2, anchor: 0, start: 0 }));
  for (const bot of bots) await store.bots.create(bot);
  return bots.map(({ id }) => id);
}

/** Claims a bot, and gives it as it is stored. */
export async function resume(id: string, store: Store, bus: Bus = deafBus): Promise<Bot> {
  return await Bot.resume(id, await store.bots.claim(id, starting("me")), store, bus);
}

/** Has another runner take a bot over, as if the one that has it had frozen. */
export async function takeOver({ bots }: Store, id: string, owner: string): Promise<void> {
  await bots.release((await bots.find(id))!.owner!);
  await bots.claim(id, starting(owner));
}

/** Close time of the last candle that each bot has decided. */
export async function cursors(store: Store): Promise<(number | undefined)[]> {
  return (await store.bots.list()).map(({ cursor }) => cursor);
}

/** Waits until so many bots have decided the first `rows` candles. */
export function decided(store: Store, rows: number, bots = CONFIGS.length): Promise<void> {
  const wanted = CANDLES[rows - 1].time;
  return eventually(`${bots} bots have decided ${rows} candles`, async () => {
    const all = await cursors(store);
    return all.filter((cursor) => cursor === wanted).length === bots;
  });
}

/** All that a bot has written. */
export async function writtenBy(store: Store, id: string) {
  return {
    signals: await store.signals.ofBot(id),
    refusals: await store.refusals.ofBot(id),
    fills: await store.fills.ofBot(id),
    trades: await store.trades.ofBot(id),
    performance: await store.performance.ofBot(id),
    snapshot: await store.bots.snapshot(id),
    cursor: (await store.bots.find(id))?.cursor,
  };
}

/** Runs `test`, and stops the bots in any case. */
export async function stopping(
  managers: readonly BotManager[],
  test: () => Promise<void>,
): Promise<void> {
  try {
    await test();
  } finally {
    for (const manager of managers) await manager.stop();
  }
}
