/**
 * What a market's candles are called, such as `binance BTC/USDT 1h`; `… 1h by 1m` where a strategy of hours goes by
 * the clock of minutes.
 */
export function marketName({ exchange, symbol, timeframe, base }: {
  exchange: string;
  symbol: string;
  timeframe: string;
  base?: string;
}): string {
  return `${exchange} ${symbol} ${timeframe}${base === undefined ? "" : ` by ${base}`}`;
}
