import { iso } from "../market/checks.ts";
import { formatNumber } from "../metrics/format_number.ts";
import type { BotRecord } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import { marketName } from "../strategy/base_market.ts";

/** A bot at work says so every five seconds; one that says nothing for so long, in ms, has no process. */
const SIGN_OF_LIFE = 30_000;

/** What a bot has done so far. */
export interface BotResult {
  id: string;
  /** As it is stored; `running` also when its process has ended, since its next start goes on. */
  status: string;
  /** Whether a process is at work on it. */
  alive: boolean;
  /** When it last made progress, UTC milliseconds; null if it never did. */
  heartbeat: number | null;
  reason: string;
  strategy: string;
  exchange: string;
  symbol: string;
  timeframe: string;
  /** The shorter candles that it goes by, if it does. */
  base?: string;
  /** Those that its account acted on: the shorter ones, if it goes by them. */
  candles: number;
  signals: number;
  trades: number;
  /** Quote currency. */
  equity: number;
  /** Fractions; drawdown is negative. */
  totalReturn: number;
  maxDrawdown: number;
  /** Units of the base currency held. */
  position: number;
}

/** Looks a bot's results up, at the time `now`: UTC milliseconds, or infinity if its process has ended. */
export async function botResult(store: Store, bot: BotRecord, now: number): Promise<BotResult> {
  const { market, strategy, account } = bot.config;
  const [signals, trades, rows] = await Promise.all([
    store.signals.ofBot(bot.id),
    store.trades.ofBot(bot.id),
    store.performance.ofBot(bot.id),
  ]);
  const last = rows.at(-1), equity = last?.equity ?? account.balance;
  return {
    id: bot.id,
    status: bot.status,
    alive: bot.status === "running" && now - (bot.heartbeat ?? bot.createdAt) < SIGN_OF_LIFE,
    heartbeat: bot.heartbeat ?? null,
    reason: bot.reason,
    strategy: strategy.name,
    exchange: market.exchange,
    symbol: market.symbol,
    timeframe: market.timeframe,
    base: market.base,
    candles: bot.candles,
    signals: signals.length,
    trades: trades.length,
    equity,
    totalReturn: equity / account.balance - 1,
    maxDrawdown: bot.maxDrawdown,
    position: last?.position ?? 0,
  };
}

/** Results as a table for a terminal. */
export function botTable(results: readonly BotResult[]): string {
  const header = ["bot", "market", "status", "candles", "signals", "trades", "equity", "return"];
  const rows = results.map((bot) => [
    bot.id,
    marketName(bot),
    statusText(bot),
    String(bot.candles),
    String(bot.signals),
    String(bot.trades),
    formatNumber(bot.equity, "money"),
    formatNumber(bot.totalReturn, "fraction"),
    formatNumber(bot.maxDrawdown, "fraction"),
    formatNumber(bot.position, "ratio"),
  ]);
  return textTable([...header, "drawdown", "position"], rows, 3);
}

function statusText({ status, reason, alive, heartbeat }: BotResult): string {
  if (reason) return `${status}: ${reason}`;
  if (status !== "running" || alive) return status;
  const since = heartbeat === null ? "" : ` since ${iso(Math.floor(heartbeat / 1_000) * 1_000)}`;
  return `no process${since}, goes on when started`;
}

/** Cells in aligned columns; those from `right` on are aligned to the right. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: number,
): string {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => i < right ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}
