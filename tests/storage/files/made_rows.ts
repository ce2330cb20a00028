import type { Candle } from "../../../engine/market/candles.ts";

export const HOUR = 3_600_000, START = Date.UTC(2024, 0);

/** Row `i` of the files that make_fixtures.py makes. */
export function madeRow(i: number, trades = NaN): Candle {
  const low = 100_000 + i * 37 % 1_000, spread = i * 11 % 300;
  return {
    time: START + (i + 1) * HOUR,
    open: (low + i * 5 % (spread + 1)) / 100,
    high: (low + spread) / 100,
    low: low / 100,
    close: (low + i * 7 % (spread + 1)) / 100,
    volume: i * 13 % 1_009 / 8,
    trades,
    kind: Number.isNaN(trades) ? "backfilled" : trades > 0 ? "traded" : "empty",
  };
}

/** The first `count` rows; of each, how many trades it has, if that is known. */
export function madeRows(count: number, trades: (i: number) => number = () => NaN): Candle[] {
  return Array.from({ length: count }, (_, i) => madeRow(i, trades(i)));
}

/** The path of a file that make_fixtures.py makes. */
export function fixture(name: string): string {
  return new URL(`fixtures/${name}`, import.meta.url).pathname;
}
