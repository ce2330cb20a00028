import type { ClosedTrade } from "../../engine/account/ledger.ts";
import { Candles } from "../../engine/market/candles.ts";
import { intervalEnd, type Timeframe } from "../../engine/market/timeframe.ts";
import { excursions } from "../../engine/metrics/excursions.ts";
import type { Performance } from "../../engine/metrics/performance.ts";

export const HOUR = 3_600_000, DAY = 24 * HOUR;

/** Monday, 2024-01-01, 00:00 UTC. */
export const START = Date.UTC(2024, 0, 1);

interface Made {
  equity: number[];
  timeframe?: Timeframe;
  /** Open of the first row. */
  start?: number;
  /** Close times, where they do not follow one another without a gap. */
  times?: number[];
  initialBalance?: number;
  prices?: number[];
  /** What holding was bought at; by default the first price. */
  bought?: number;
  position?: number[];
  trades?: ClosedTrade[];
  openTrades?: number;
  fees?: number;
  slippage?: number;
  turnover?: number;
}

/** A performance from its equity; hourly, without gaps, trades or positions unless given. */
export function madePerformance(made: Made): Performance {
  const { equity, timeframe = "1h", start = START, initialBalance = 10_000 } = made;
  const times = made.times ?? closes(start, timeframe, equity.length);
  const prices = made.prices ?? equity.map(() => 100);
  const rows = times.map((time, i) => {
    const open = prices[Math.max(i - 1, 0)], close = prices[i];
    const [low, high] = [Math.min(open, close), Math.max(open, close)];
    return { time, open, high, low, close, volume: 1, trades: 1, kind: "traded" as const };
  });
  const candles = Candles.fromRows(timeframe, rows), { trades = [] } = made;
  const position = Float64Array.from(made.position ?? equity.map(() => 0));
  return {
    rows: candles,
    initialBalance,
    equity: Float64Array.from(equity),
    held: position,
    benchmark: { before: made.bought ?? candles.open[0] ?? NaN, worth: candles.close },
    trades,
    excursions: excursions(trades, candles, { position }),
    openTrades: made.openTrades ?? 0,
    fees: made.fees ?? 0,
    slippage: made.slippage ?? NaN,
    funding: NaN,
    turnover: made.turnover ?? 0,
  };
}

function closes(start: number, timeframe: Timeframe, length: number): number[] {
  const times: number[] = [];
  for (let time = start; times.length < length;) times.push(time = intervalEnd(time, timeframe));
  return times;
}

/** A closed long trade of one unit bought at 100, which made `pnl`. */
export function madeTrade(pnl: number): ClosedTrade {
  return {
    side: "long",
    entryTime: START,
    entryPrice: 100,
    exitTime: START + HOUR,
    exitPrice: 100 + pnl,
    amount: 1,
    fees: 0,
    slippage: 0,
    funding: 0,
    pnl,
    return: pnl / 100,
    reason: "signal",
  };
}

/** Whether two numbers agree to `tolerance` of the larger one; NaN agrees with NaN. */
export function agree(actual: number, expected: number, tolerance = 1e-12): boolean {
  if (Object.is(actual, expected)) return true;
  return Math.abs(actual - expected) <=
    tolerance * Math.max(Math.abs(actual), Math.abs(expected));
}
