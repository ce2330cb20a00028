import { isReplayVenue } from "../market/replay_venue.ts";
import { marketName } from "../market/market_name.ts";
import { iso } from "../market/time.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { AT_WORK, type BotStatus, SIGN_OF_LIFE } from "../ports/bot_status.ts";
import type { BotWish, Wish } from "../ports/bot_wishes.ts";
import type { BotRecord } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import type { VerificationRecord } from "../ports/verification.ts";

/** What a bot has done so far. */
export interface BotResult {
  id: string;
  /** As it is stored; `running` also when its process has ended, since its next start goes on. */
  status: BotStatus;
  /** Whether it is at work, and a process has it. */
  alive: boolean;
  /** Whether one has it, but it has given no sign of life for half a minute. */
  stalled: boolean;
  /** When it last looked for candles or decided some, UTC milliseconds; null if it never did. */
  heartbeat: number | null;
  /** Close time of the last candle that it decided, and when it did, UTC milliseconds; null if there is none. */
  cursor: number | null;
  decidedAt: number | null;
  reason: string;
  /** What people asked of it that is still to be carried out, in order. */
  asked: Wish[];
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
  /** What came of its last verification; null if there was none. */
  verification: VerificationRecord | null;
}

/** What is known of bots besides their rows. */
export interface BotsSeen {
  /** UTC milliseconds. */
  now: number;
  /** The bots that a process has: what `botsThatRun` says. */
  held: ReadonlySet<string>;
  /** What people ask that is still open, of whatever bots. */
  open?: readonly BotWish[];
}

/** Looks a bot's results up. */
export async function botResult(
  store: Store,
  bot: BotRecord,
  { now, held, open = [] }: BotsSeen,
): Promise<BotResult> {
  const { market, strategy, account } = bot.config;
  const [signals, trades, last] = await Promise.all([
    store.signals.count(bot.id),
    store.trades.count(bot.id),
    store.performance.latest(bot.id),
  ]);
  const equity = last?.equity ?? account.balance;
  const alive = AT_WORK.includes(bot.status) && held.has(bot.id);
  return {
    id: bot.id,
    status: bot.status,
    alive,
    stalled: alive && now - (bot.heartbeat ?? bot.createdAt) >= SIGN_OF_LIFE,
    heartbeat: bot.heartbeat ?? null,
    cursor: bot.cursor ?? null,
    decidedAt: bot.decidedAt ?? null,
    reason: bot.reason,
    asked: open.filter(({ botId }) => botId === bot.id).map(({ wish }) => wish),
    strategy: strategy.name,
    exchange: market.exchange,
    symbol: market.symbol,
    timeframe: market.timeframe,
    base: market.base,
    candles: bot.candles,
    signals,
    trades,
    equity,
    totalReturn: equity / account.balance - 1,
    maxDrawdown: bot.maxDrawdown,
    position: last?.position ?? 0,
    verification: bot.verification ?? null,
  };
}

/** Results as a table for a terminal; those that are not kept are gone with their process. */
export function botTable(results: readonly BotResult[], { isKept = true } = {}): string {
  const header = ["bot", "market", "status", "candles", "signals", "trades", "equity", "return"];
  const isVerified = results.some(({ verification }) => verification !== null);
  const rows = results.map((bot) => [
    bot.id,
    marketName(bot),
    statusText(bot, isKept),
    String(bot.candles),
    String(bot.signals),
    String(bot.trades),
    formatNumber(bot.equity, "money"),
    formatNumber(bot.totalReturn, "fraction"),
    formatNumber(bot.maxDrawdown, "fraction"),
    formatNumber(bot.position, "ratio"),
    ...(isVerified ? [verifiedText(bot.verification)] : []),
  ]);
  const further = ["drawdown", "position", ...(isVerified ? ["verified"] : [])];
  return textTable([...header, ...further], rows, 3);
}

function statusText({ asked, ...bot }: BotResult, isKept: boolean): string {
  const next = asked.length === 0 ? "" : ` (asked to ${asked.join(", then to ")})`;
  return `${standingText(bot, isKept)}${next}`;
}

function standingText(bot: Omit<BotResult, "asked">, isKept: boolean): string {
  const { status, reason, alive, stalled, heartbeat, exchange } = bot;
  const told = reason ? `${status}: ${shortened(reason)}` : status;
  const since = heartbeat === null ? "" : ` since ${iso(Math.floor(heartbeat / 1_000) * 1_000)}`;
  if (stalled) return `${told}, stalled${since}`;
  if (alive || !AT_WORK.includes(status)) return told;
  if (!isKept) return `${told}, ended before its tape, not kept`;
  if (told !== "running") return `${told}, no process${since}`;
  const when = isReplayVenue(exchange) ? "when its tape is replayed further" : "when started";
  return `no process${since}, goes on ${when}`;
}

/** A table is no place for all of a long reason. */
function shortened(reason: string): string {
  return reason.length <= MOST_SHOWN ? reason : `${reason.slice(0, MOST_SHOWN - 1)}…`;
}

const MOST_SHOWN = 70;

/** What came of the last verification, and when: the same, 2024-08-08T03:00:00Z. */
function verifiedText(verification: VerificationRecord | null): string {
  if (verification === null) return "";
  const { outcome, at } = verification, done = outcome === "same" ? "the same" : outcome;
  return `${done}, ${iso(Math.floor(at / 1_000) * 1_000)}`;
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
