import type { Candles } from "../market/candles.ts";
import type { RunSpec } from "../run/run.ts";
import type { Condition, Numeric } from "../series/expression.ts";
import { Plan } from "../series/plan.ts";

/** Says where a strategy could not decide on any candle, because its entries were never known. */
export function coldNotes(spec: RunSpec, candles: Candles): string[] {
  const { strategy: { signals }, timeframe, base = timeframe } = spec;
  const { enterLong, enterShort, exposure } = signals;
  const entries = Object.entries({ enterLong, enterShort, exposure })
    .filter((entry): entry is [string, Numeric | Condition] => entry[1] !== undefined);
  const { decimals, parameters } = spec, expressions = Object.fromEntries(entries);
  const plan = new Plan(expressions, { timeframe, base, decimals, parameters });
  for (let from = 0; from < candles.length; from += plan.chunk) {
    plan.advance(candles, from, Math.min(from + plan.chunk, candles.length));
    if (entries.some(([name]) => plan.read(name).some((value) => value === value))) return [];
  }
  return [
    `nothing was ever decided: in ${candles.length} ${candles.timeframe} candles its entries were not ` +
    "known once. Its indicators need more candles before they begin",
  ];
}
