import { Candles } from "../../engine/market/candles.ts";
import { normal, seededRandom } from "../../data/random.ts";
import type { Position } from "./family.ts";

const HOUR = 3_600_000, YEAR_HOURS = 8_760, BEGIN = Date.UTC(2022, 0, 1);

/** Deviation of an hour's return, and the price at the start. */
const VOLATILITY = 0.006, PRICE = 30_000, TICKS = 100;

/** What to make. */
export interface PlantedMarketOptions {
  seed: number;
  hours: number;
  /** Sharpe ratio a year of what is planted; 0 for a market in which nothing is to be found. */
  sharpe: number;
  /** What is planted. */
  position: Position;
}

/**
 * Hourly candles whose returns are noise and, where something is planted, a drift: up while that
 * is long and as much down while it is flat, so that the market itself goes nowhere. Long half of
 * the time (p = 1/2) it earns p m an hour, with a variance of p σ² + p (1 − p) m²; the drift m is the
 * one that gives the ratio. Returns are plain ones, not logarithms, whose mean would not be 0.
 */
export function plantedMarket(
  { seed, hours, sharpe, position }: PlantedMarketOptions,
): Candles {
  const random = seededRandom(seed);
  const hourly = sharpe / Math.sqrt(YEAR_HOURS);
  const drift = hourly * VOLATILITY * Math.sqrt(2 / (1 - hourly ** 2));
  const column = () => new Float64Array(hours), ones = () => column().fill(1);
  const prices = { open: column(), high: column(), low: column(), close: column() };
  const time = column().map((_, row) => BEGIN + (row + 1) * HOUR);
  let ticks = PRICE * TICKS;
  for (let row = 0; row < hours; row++) {
    const open = ticks / TICKS, earned = position.isLong ? drift : -drift;
    ticks = Math.max(1, Math.round(ticks * (1 + earned + VOLATILITY * normal(random))));
    const close = ticks / TICKS;
    prices.open[row] = open;
    prices.close[row] = close;
    prices.high[row] = Math.max(open, close);
    prices.low[row] = Math.min(open, close);
    position.take(ticks, time[row]);
  }
  const kind = new Uint8Array(hours);
  return new Candles("1h", { time, ...prices, volume: ones(), trades: ones(), kind }, 2);
}
