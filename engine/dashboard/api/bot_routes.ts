import { baseMarket } from "../../market/base_market.ts";
import type { MarketKey } from "../../ports/store.ts";
import { LAST_MOMENT } from "../../market/parse_time.ts";
import { intervalStart, nominalLength } from "../../market/timeframe.ts";
import { botView } from "../bot_view.ts";
import { lookAtBots } from "../followers.ts";
import { Query } from "../guard/query.ts";
import type { DashboardPlace } from "../place.ts";
import { Refusal } from "../refusal.ts";
import { receiptPairs } from "./receipt_pairs.ts";
import { TABLES } from "./tables.ts";

/** Candles that a chart is given at once. */
const CANDLES = 500;
/** Fills that are looked through for those of a chart. */
const MARKS = 1_000;

/** What the page asks about one bot, by the last part of the address. */
export type BotReader = (place: DashboardPlace, id: string, query: Query) => Promise<unknown>;

/** Each gives what JSON can write. */
export const BOT_READERS: Readonly<Record<string, BotReader>> = {
  candles: readCandles,
  equity: readEquity,
  marks: readMarks,
  ...Object.fromEntries(
    Object.keys(TABLES).map((name): [string, BotReader] => [name, tableReader(name)]),
  ),
};

/** The bot at a glance, with all that it is: config, receipt and run. */
export async function readBot(place: DashboardPlace, id: string, query: Query) {
  const { store, control } = place;
  query.end();
  const [bot, { now, bots: [seen] }, open] = await Promise.all([
    store.bots.find(id),
    lookAtBots(store, id),
    store.wishes.open(id),
  ]);
  if (!bot || !seen) throw unknown(id);
  const { receipt, ...config } = bot.config, possible = control.possible(bot, open);
  return {
    now,
    possible,
    view: botView(seen, now),
    config,
    receipt: receipt ?? null,
    receiptPairs: receiptPairs(receipt),
    receiptFits: receipt === undefined || (place.receiptFits?.(bot.config) ?? true),
    run: bot.run,
  };
}

async function marketOf({ store }: DashboardPlace, id: string): Promise<MarketKey> {
  const bot = await store.bots.find(id);
  if (!bot) throw unknown(id);
  return baseMarket(bot.config.market);
}

function unknown(id: string): Refusal {
  return new Refusal(404, `There is no bot ${JSON.stringify(id)}`);
}

async function glanceAt({ store }: DashboardPlace, id: string) {
  const { bots: [bot] } = await store.watch.glance({ limit: 1, id });
  if (!bot) throw unknown(id);
  return bot;
}

/** The newest candles; with `before` those that close before it, with `after` those behind it. */
async function readCandles(place: DashboardPlace, id: string, query: Query) {
  const after = query.whole("after", undefined, { max: LAST_MOMENT });
  const before = query.whole("before", undefined, { max: LAST_MOMENT });
  query.end();
  const key = await marketOf(place, id), { marketData } = place.store, { timeframe } = key;
  const newest = before === undefined
    ? (await marketData.latestCandle(key, "decided"))?.time
    : intervalStart(before - 1, timeframe);
  if (newest === undefined) return { timeframe, length: nominalLength(timeframe), candles: [] };
  const from = newest - CANDLES * nominalLength(timeframe);
  const range = { after: Math.max(after ?? from, from), to: newest, limit: CANDLES };
  const candles = await marketData.candles(key, range);
  const rows = candles.rows().map((
    { time, open, high, low, close, volume, kind },
  ) => [time, open, high, low, close, volume, kind === "traded" ? 0 : kind === "empty" ? 1 : 2]);
  return { timeframe, length: nominalLength(timeframe), candles: rows };
}

/** The whole curve, thinned; with `after` the rows behind it as they are. */
async function readEquity({ store }: DashboardPlace, id: string, query: Query) {
  const points = query.whole("points", 600, { min: 2, max: 2_000 });
  const after = query.whole("after", undefined, { max: LAST_MOMENT });
  query.end();
  const rows = after === undefined
    ? (await store.watch.equity([id], points)).get(id) ?? []
    : await store.performance.ofBot(id, { after, limit: points });
  return { rows: rows.map(({ time, equity, drawdown }) => [time, equity, drawdown]) };
}

/** The fills that belong into a chart that begins `after`. */
async function readMarks(place: DashboardPlace, id: string, query: Query) {
  const after = query.whole("after", 0, { max: LAST_MOMENT });
  query.end();
  const { fills: last } = await glanceAt(place, id);
  const fills = await place.store.fills.numbered(id, Math.max(0, last - MARKS), last);
  return {
    marks: fills.filter((fill) => fill.time > after).map((
      { number, time, side, price, amount, reason, position },
    ) => ({
      ...{ number, time, side, price, amount, reason, position },
    })),
  };
}

function tableReader(name: string): BotReader {
  return async (place, id, query) => {
    const limit = query.whole("limit", 50, { min: 1, max: 500 });
    const most = name === "signals" ? LAST_MOMENT : 2 ** 31 - 1;
    const before = query.whole("before", undefined, { max: most });
    query.end();
    return await TABLES[name](place.store, await glanceAt(place, id), { limit, before });
  };
}
