import assert from "node:assert/strict";
import type { AccountSettings } from "../../engine/account/settings.ts";
import type { Candles } from "../../engine/market/candles.ts";
import { instrumentKey } from "../../engine/market/trade.ts";
import type { BotRecord } from "../../engine/ports/bots.ts";
import type { Store } from "../../engine/ports/store.ts";
import { backtest } from "../../engine/research/backtest.ts";
import type { Result } from "../../engine/research/result.ts";
import { baseMarket } from "../../engine/market/base_market.ts";
import { loadConfig } from "../../engine/strategy/load.ts";
import { plainCandles } from "./parity_candles.ts";
import { withOthers } from "./parity_others.ts";
import type { PlainRow } from "./parity_tape.ts";
import { assertSameBits } from "./same_bits.ts";
import { assertSameRows } from "./same_rows.ts";

/** What a bot did, counted: what the law was tried on. */
export interface ParityCounts {
  bot: string;
  candles: number;
  empty: number;
  signals: number;
  trades: number;
  stops: number;
  targets: number;
  reversals: number;
}

/**
 * Law 3: what a store has of each bot after a tape was replayed is what a backtest over the candles
 * as decided gives, bit for bit; and those candles are the tape's own. Returns the counts of each
 * bot.
 */
export async function assertParity(
  store: Store,
  tape: readonly PlainRow[],
): Promise<ParityCounts[]> {
  const bots = await store.bots.list(), counts: ParityCounts[] = [];
  const markets = Map.groupBy(bots, ({ config }) => instrumentKey(config.market));
  for (const traders of markets.values()) {
    const { market } = traders[0].config;
    const candles = await store.marketData.candles(baseMarket(market));
    // A replayed venue is named after its tape: binance_um@12c7ef1f.
    const exchange = market.exchange.replace(/@.*/, ""), { symbol } = market;
    const expected = plainCandles(tape, { exchange, symbol });
    assertSameRows(candles.rows(), expected, `candles of ${market.exchange} ${symbol}`);
    for (const bot of traders) counts.push(await assertSameRun(store, bot, candles));
  }
  return counts.sort((a, b) => a.bot < b.bot ? -1 : 1);
}

/** The same for one bot, over the candles that it decided. */
export async function assertSameRun(
  store: Store,
  bot: BotRecord,
  stored: Candles,
): Promise<ParityCounts> {
  const candles = await withOthers(store, bot, stored);
  const { id, cursor } = bot, result = backtestOf(bot, candles);
  assert.equal(cursor, candles.time.at(-1), `last candle of ${id}`);
  assertSameRows(await store.signals.ofBot(id), result.signals.rows, `signals of ${id}`);
  assertSameRows(await store.refusals.ofBot(id), result.refusals.rows, `refusals of ${id}`);
  assertSameRows(await store.fills.ofBot(id), result.fills.rows, `fills of ${id}`);
  assertSameRows(await store.trades.ofBot(id), result.trades.rows, `trades of ${id}`);
  const told = [bot.candles, bot.maxDrawdown], all = result.equity.columns.drawdown.toSorted();
  assert.deepEqual(told, [all.length, all[0] ?? 0], `candles and drawdown of ${id}`);
  const rows = await store.performance.ofBot(id), { columns } = result.equity;
  const kept = keptRows(bot, result);
  for (const name of ["time", "equity", "cash", "position", "drawdown"] as const) {
    const expected = columns[name].filter((_, row) => kept[row]);
    assertSameBits(Float64Array.from(rows, (row) => row[name]), expected, `${name} of ${id}`);
  }
  return countsOf(id, candles, result);
}

/** Whether a row of the equity is stored: with a base clock, where a minute ends or cash changed. */
function keptRows({ config }: BotRecord, { equity, account }: Result): boolean[] {
  const { market: { timeframe, base } } = config, { time, cash } = equity.columns;
  assert.ok(base === undefined || timeframe === "1m");
  return Array.from(time, (time, row) => {
    const paid = cash[row] !== (cash[row - 1] ?? account.balance);
    return base === undefined || paid || time % 60_000 === 0;
  });
}

function backtestOf(bot: BotRecord, candles: Candles): Result {
  const { config, strategy, parameters } = loadConfig(JSON.stringify(bot.config), bot.id);
  const { decimals, start } = bot.run;
  return backtest(strategy, candles, {
    params: parameters,
    account: config.account as AccountSettings,
    timeframe: config.market.timeframe,
    decimals: decimals ?? undefined,
    start,
  });
}

function countsOf(bot: string, candles: Candles, { signals, trades }: Result): ParityCounts {
  const because = (reason: string) => trades.rows.filter((trade) => trade.reason === reason).length;
  return {
    bot,
    candles: candles.length,
    empty: candles.rows().filter(({ kind }) => kind === "empty").length,
    signals: signals.length,
    trades: trades.length,
    stops: because("stopLoss"),
    targets: because("takeProfit"),
    reversals: because("reversal"),
  };
}

/** Prints what the law was tried on, a line a bot. */
export function printCounts(counts: readonly ParityCounts[]): void {
  for (const { bot, ...rest } of counts) {
    const told = Object.entries(rest).map(([name, count]) => `${count} ${name}`);
    // deno-lint-ignore no-console
    console.log(`${bot}: ${told.join(", ")}`);
  }
}
