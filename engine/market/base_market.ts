import type { Timeframe } from "./timeframe.ts";

/**
 * A market as a run takes it: candles of the base clock where it has one, else of the strategy's
 * timeframe.
 */
export function baseMarket({ exchange, symbol, timeframe, base = timeframe }: {
  exchange: string;
  symbol: string;
  timeframe: Timeframe;
  base?: Timeframe;
}) {
  return { exchange, symbol, timeframe: base };
}
