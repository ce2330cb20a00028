import { formatNumber } from "../metrics/format_number.ts";
import { SIGN_OF_LIFE } from "../ports/bot_status.ts";
import type { BotGlance } from "../ports/watch.ts";
import type { SeenBot } from "./followers.ts";

/** How a bot's standing is to be taken: at work, at rest, to be looked at, or gone wrong. */
export type Tone = "good" | "idle" | "warn" | "bad";

/** A bot as the page shows it: numbers to sort and draw by, texts to read. */
export interface BotView {
  id: string;
  strategy: string;
  market: string;
  /** The asset that money is counted in, as far as the symbol says. */
  currency: string;
  status: string;
  /** What the status comes to: also whether a process has it. */
  standing: string;
  tone: Tone;
  reason: string;
  /** What people asked of it that is still to be carried out, or null. */
  asked: string | null;
  /** What came of its last verification, or null. */
  verification: BotGlance["verification"] | null;
  /** UTC milliseconds, or null. */
  heartbeat: number | null;
  cursor: number | null;
  createdAt: number;
  candles: number;
  trades: number;
  fills: number;
  refusals: number;
  lastSignal: number | null;
  restarts: number;
  equity: number;
  pnl: number;
  /** Fractions. */
  return: number;
  drawdown: number;
  maxDrawdown: number;
  position: number;
  entryPrice: number | null;
  entryTime: number | null;
  text: Record<
    "equity" | "pnl" | "return" | "drawdown" | "maxDrawdown" | "position" | "entryPrice",
    string
  >;
}

/** What the page shows of a bot, at the time `now` (UTC milliseconds). */
export function botView(bot: SeenBot, now: number): BotView {
  const { id, strategy, status, reason, balance, last, open, market } = bot;
  const equity = last?.equity ?? balance, pnl = equity - balance, drawdown = last?.drawdown ?? 0;
  const position = last?.position ?? 0, { maxDrawdown } = bot;
  const entryPrice = open?.entryPrice ?? null, entryTime = open?.entryTime ?? null;
  const { exchange, symbol, timeframe, base } = market ?? NO_MARKET;
  const [tone, standing] = standingOf(bot, now),
    money = (value: number) => formatNumber(value, "money");
  const percent = (value: number) => formatNumber(value, "fraction");
  return {
    ...{ id, strategy, status, standing, tone, reason, equity, pnl, drawdown, maxDrawdown },
    ...{ position, entryPrice, entryTime, return: pnl / balance },
    market: `${exchange} ${symbol} ${timeframe}${base === undefined ? "" : ` by ${base}`}`,
    currency: /\/([^/:]+)/.exec(symbol)?.[1] ?? "",
    asked: bot.asked ?? null,
    verification: bot.verification ?? null,
    heartbeat: bot.heartbeat ?? null,
    cursor: bot.cursor ?? null,
    createdAt: bot.createdAt,
    candles: bot.candles,
    trades: bot.trades,
    fills: bot.fills,
    refusals: bot.refusals,
    lastSignal: bot.lastSignal ?? null,
    restarts: bot.restarts,
    text: {
      equity: money(equity),
      pnl: `${pnl > 0 ? "+" : ""}${money(pnl)}`,
      return: `${pnl > 0 ? "+" : ""}${percent(pnl / balance)}`,
      drawdown: percent(drawdown),
      maxDrawdown: percent(maxDrawdown),
      position: position === 0
        ? "flat"
        : `${position > 0 ? "long" : "short"} ${amountText(position)}`,
      entryPrice: entryPrice === null ? "" : money(entryPrice),
    },
  };
}

const NO_MARKET = { exchange: "", symbol: "", timeframe: "", base: undefined };

/** An amount without its sign, with six significant digits. */
export function amountText(amount: number): string {
  return Math.abs(amount).toLocaleString("en-US", { maximumSignificantDigits: 6 });
}

/** How a bot stands at the time `now` (UTC milliseconds), and in words. */
export function standingOf(
  { status, isHeld, heartbeat, createdAt }: SeenBot,
  now: number,
): [Tone, string] {
  switch (status) {
    case "running":
    case "paused":
      if (!isHeld) return ["bad", status === "paused" ? "paused, no process" : "no process"];
      if (now - (heartbeat ?? createdAt) > SIGN_OF_LIFE) return ["bad", "stalled"];
      return [status === "paused" ? "warn" : "good", status];
    case "crashed":
      return isHeld ? ["warn", "crashed, starting again"] : ["bad", "crashed, no process"];
    case "quarantined":
    case "diverged":
      return ["bad", status];
    default:
      return ["idle", status];
  }
}
