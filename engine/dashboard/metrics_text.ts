import { Gauge, Registry } from "prom-client";
import { seriesViews } from "./data_view.ts";
import { lookAtBots } from "./followers.ts";
import { MOST_SERIES } from "./health.ts";
import { AT_WORK } from "../ports/bot_status.ts";
import type { ReceiverStanding } from "../ports/receiver_standing.ts";
import type { DashboardPlace } from "./place.ts";

/** Signals of so long ago tell how long decisions take, in milliseconds. */
const RECENT = 3_600_000;

/** Every metric: its labels and what it is. */
export const METRICS = {
  lockstep_up: [[], "1 if the database answered, else 0 and nothing is told of bots and markets"],
  lockstep_bots: [["status"], "Bots by status"],
  lockstep_bots_without_process: [[], "Bots at work that no process has"],
  lockstep_bot_heartbeat_age_seconds: [["bot"], "Time since a bot made progress"],
  lockstep_bot_cursor_seconds: [["bot"], "Close time of the last candle that a bot decided"],
  lockstep_bot_candles: [["bot"], "Candles that a bot's account acted on"],
  lockstep_bot_trades: [["bot"], "Closed trades of a bot"],
  lockstep_bot_fills: [["bot"], "Purchases and sales of a bot"],
  lockstep_bot_refusals: [["bot"], "What a bot asked for and did not get"],
  lockstep_bot_restarts: [["bot"], "Restarts of a bot after a crash in the last hour"],
  lockstep_bot_equity: [["bot"], "Equity of a bot, in its quote currency"],
  lockstep_bot_return_ratio: [["bot"], "Profit of a bot over what it began with, a fraction"],
  lockstep_bot_drawdown_ratio: [["bot"], "Equity below its peak, a fraction: 0 or negative"],
  lockstep_market_lag_seconds: [["exchange", "symbol", "timeframe"], "Age of the newest candle"],
  lockstep_market_candles: [
    ["exchange", "symbol", "timeframe"],
    "Candles in the newest hundred intervals",
  ],
  lockstep_market_missing_candles: [
    ["exchange", "symbol", "timeframe"],
    "Intervals without a candle among the newest hundred",
  ],
  lockstep_market_gaps: [["exchange", "symbol"], "Recorded spans of which trades may be missing"],
  lockstep_decision_latency_seconds: [
    ["quantile"],
    "From a candle's close until a signal was stored, of each bot's last signals of an hour",
  ],
  lockstep_notified: [["receiver"], "Happenings that a receiver of notifications took"],
  lockstep_notify_lost: [["receiver"], "Happenings that a receiver was never told of"],
  lockstep_notify_failures: [["receiver"], "Requests to a receiver that failed"],
  lockstep_notify_trouble: [["receiver"], "1 while requests to a receiver fail, else 0"],
} as const satisfies Record<string, readonly [labels: readonly string[], help: string]>;

type Name = keyof typeof METRICS;
/** Takes a value of a metric. */
type Tell = (name: Name, value: number, labels?: Record<string, string>) => void;

/** All metrics as Prometheus reads them. A database that is away is told as such, and nothing more. */
export async function metricsText(place: DashboardPlace): Promise<string> {
  const registry = new Registry(), gauges = new Map<Name, Gauge>();
  const tell: Tell = (name, value, labels = {}) => {
    if (Number.isFinite(value)) gaugeOf(registry, gauges, name).set(labels, value);
  };
  try {
    await tellAll(place, tell);
    tell("lockstep_up", 1);
  } catch {
    registry.clear();
    gauges.clear();
    tell("lockstep_up", 0);
  }
  for (const one of place.receivers?.() ?? []) tellReceiver(one, tell);
  return await registry.metrics();
}

function gaugeOf(registry: Registry, gauges: Map<Name, Gauge>, name: Name): Gauge {
  const known = gauges.get(name);
  if (known) return known;
  const [labelNames, help] = METRICS[name];
  const made = new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
  gauges.set(name, made);
  return made;
}

async function tellAll({ store }: DashboardPlace, tell: Tell): Promise<void> {
  const [{ now, bots }, series, latency] = await Promise.all([
    lookAtBots(store),
    store.watch.series(MOST_SERIES),
    store.watch.decisionLatency(RECENT),
  ]);
  for (const [status, some] of Map.groupBy(bots, ({ status }) => status)) {
    tell("lockstep_bots", some.length, { status });
  }
  const atWork = bots.filter(({ status }) => AT_WORK.includes(status));
  tell("lockstep_bots_without_process", atWork.filter(({ isHeld }) => !isHeld).length);
  for (const bot of bots) tellBot(bot, now, tell);
  for (const one of seriesViews(series, bots, now)) {
    const { exchange, symbol, timeframe, lag, intervals, candles, gaps } = one;
    const key = { exchange, symbol, timeframe };
    if (lag !== null) tell("lockstep_market_lag_seconds", lag / 1_000, key);
    tell("lockstep_market_candles", candles, key);
    tell("lockstep_market_missing_candles", intervals - candles, key);
    tell("lockstep_market_gaps", gaps, { exchange, symbol });
  }
  tell("lockstep_decision_latency_seconds", latency.p50 / 1_000, { quantile: "0.5" });
  tell("lockstep_decision_latency_seconds", latency.p99 / 1_000, { quantile: "0.99" });
}

function tellReceiver(
  { name, told, lost, failures, trouble }: ReceiverStanding,
  tell: Tell,
): void {
  const labels = { receiver: name };
  tell("lockstep_notified", told, labels);
  tell("lockstep_notify_lost", lost, labels);
  tell("lockstep_notify_failures", failures, labels);
  tell("lockstep_notify_trouble", trouble ? 1 : 0, labels);
}

function tellBot(
  one: Awaited<ReturnType<typeof lookAtBots>>["bots"][number],
  now: number,
  tell: Tell,
): void {
  const { id: bot, last, balance, heartbeat, cursor } = one, labels = { bot };
  tell("lockstep_bot_heartbeat_age_seconds", (now - (heartbeat ?? NaN)) / 1_000, labels);
  tell("lockstep_bot_cursor_seconds", (cursor ?? NaN) / 1_000, labels);
  tell("lockstep_bot_candles", one.candles, labels);
  tell("lockstep_bot_trades", one.trades, labels);
  tell("lockstep_bot_fills", one.fills, labels);
  tell("lockstep_bot_refusals", one.refusals, labels);
  tell("lockstep_bot_restarts", one.restarts, labels);
  tell("lockstep_bot_equity", last?.equity ?? balance, labels);
  tell("lockstep_bot_return_ratio", (last?.equity ?? balance) / balance - 1, labels);
  tell("lockstep_bot_drawdown_ratio", last?.drawdown ?? 0, labels);
}
