import { Candles } from "../../engine/market/candles.ts";
import { intervalEnd, type Timeframe } from "../../engine/market/timeframe.ts";
import type { Expression } from "../../engine/series/expression.ts";
import { CHUNK_ROWS, Plan } from "../../engine/series/plan.ts";

type Prices = Record<"open" | "high" | "low" | "close", ArrayLike<number>>;

/** Candles one after another from prices alone, for indicators that do not look at the time. */
export function candlesOf(
  { open, high, low, close }: Prices,
  { decimals, timeframe = "1h", start = Date.UTC(2024, 0, 1) }: {
    decimals?: number;
    timeframe?: Timeframe;
    start?: number;
  } = {},
): Candles {
  let time = start;
  const rows = Array.from(close, (close, i) => ({
    time: time = intervalEnd(time, timeframe),
    open: open[i],
    high: high[i],
    low: low[i],
    close,
    volume: 1,
    trades: 1,
    kind: "traded" as const,
  }));
  return Candles.fromRows(timeframe, rows, decimals);
}

/** The values of expressions over all candles. */
export function columnsOf<Name extends string>(
  candles: Candles,
  expressions: Record<Name, Expression>,
): Record<Name, Float64Array> {
  const plan = new Plan(expressions, candles), names = Object.keys(expressions) as Name[];
  const columns = names.map((name) => [name, new Float64Array(candles.length)] as const);
  for (let from = 0; from < candles.length; from += CHUNK_ROWS) {
    plan.advance(candles, from, Math.min(from + CHUNK_ROWS, candles.length));
    for (const [name, column] of columns) column.set(plan.read(name), from);
  }
  return Object.fromEntries(columns) as Record<Name, Float64Array>;
}
