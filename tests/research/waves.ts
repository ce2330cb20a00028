import { Candles } from "../../engine/market/candles.ts";

const HOUR = 3_600_000, START = Date.UTC(2024, 0, 1);

/** Hourly candles in cents whose price rises and falls: enough for crossings, stops and targets. */
export function waves(length: number): Candles {
  const price = (i: number) =>
    Math.round(10_000 + 1_500 * Math.sin(i / 11) + 400 * Math.sin(i / 2.7)) / 100;
  const rows = Array.from({ length }, (_, i) => {
    const open = price(i), close = price(i + 1);
    return {
      time: START + (i + 1) * HOUR,
      open,
      high: Math.max(open, close) + 1,
      low: Math.min(open, close) - 1,
      close,
      volume: 2,
      trades: 3,
      kind: "traded" as const,
    };
  });
  return Candles.fromRows("1h", rows, 2);
}
