import { nominalLength } from "../market/timeframe.ts";
import type { MarketKey } from "../ports/store.ts";
import { baseMarket } from "../strategy/base_market.ts";
import type { Config } from "../strategy/config.ts";

/**
 * How many candles of each market configs want to begin with, `warmUp` of their own timeframe each: of
 * a base clock so many that they make those, the one in the making included.
 */
export function warmUpOf(
  configs: readonly Config[],
  warmUp: number,
): (key: MarketKey) => number {
  const wanted = (key: MarketKey) => ({ market }: Config) => {
    const { exchange, symbol, timeframe } = baseMarket(market);
    const isOurs = exchange === key.exchange && symbol === key.symbol &&
      timeframe === key.timeframe;
    if (!isOurs || warmUp === 0 || market.base === undefined) return warmUp;
    return (warmUp + 1) * nominalLength(market.timeframe) / nominalLength(timeframe);
  };
  return (key) => Math.max(warmUp, ...configs.map(wanted(key)));
}
