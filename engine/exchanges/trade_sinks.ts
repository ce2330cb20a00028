import type { CcxtTrade } from "./ccxt_exchange.ts";

/** Takes what ccxt would keep. */
class Sink extends Array<CcxtTrade> {
  constructor(private readonly onTrade: (trade: CcxtTrade) => void) {
    super();
    Object.defineProperty(this, "onTrade", { enumerable: false });
  }

  append(trade: CcxtTrade): void {
    this.onTrade(trade);
  }

  getLimit(_symbol: string, limit: number | undefined): number | undefined {
    return limit;
  }
}

/**
 * What stands in the place of ccxt's caches of trades, by symbol: each trade is handed over when it is put
 * there, and none is kept. Trades of other symbols go to `stray`.
 */
export function tradeSinks(
  symbols: readonly string[],
  stray: () => void,
  onTrade: (symbol: string, trade: CcxtTrade) => void,
): Record<string, Sink> {
  const other = new Sink(stray);
  const trap = new Proxy({}, {
    get: (_, name) => typeof name === "string" ? other : undefined,
    has: (_, name) => typeof name === "string",
    set: () => true,
  });
  const trades: Record<string, Sink> = Object.create(trap);
  for (const symbol of symbols) {
    const value = new Sink((trade) => onTrade(symbol, trade));
    Object.defineProperty(trades, symbol, { value, writable: true, enumerable: true });
  }
  return trades;
}
