import type { AccountSettings } from "../../account/settings.ts";
import { nominalLength } from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";
import { Run } from "../../run/run.ts";
import { baseMarket } from "../../market/base_market.ts";
import { otherMarkets } from "../../strategy/all_markets.ts";
import type { Config } from "../../strategy/config.ts";
import { loadConfig } from "../../strategy/load.ts";

/** How many candles a config begins with before it acts. */
export interface WarmUp {
  /** Of its own timeframe. */
  candles: number;
  /** So many its expressions need. */
  needed: number;
  /** Some of its values depend on all candles since it began. */
  isEndless: boolean;
}

/** With fewer next to nothing is saved. */
const FEWEST = 100;

/** So many candles are fetched of a market at most, unless somebody asks for more. */
const MOST = 100_000;

/** How many candles a config begins with: what its expressions need, within bounds, or as many as `asked`. */
export function warmUpOfConfig(config: Config, asked?: number): WarmUp {
  const loaded = loadConfig(JSON.stringify(config), config.name);
  const { timeframe, base } = config.market;
  const { candles, isEndless } = new Run({
    ...{ strategy: loaded.strategy, parameters: loaded.parameters, timeframe, base },
    ...{ account: loaded.config.account as AccountSettings, decimals: undefined, chunk: 1 },
  }).warmUp;
  const parts = nominalLength(timeframe) / nominalLength(base ?? timeframe);
  const needed = Math.ceil(candles / parts);
  const chosen = Math.min(Math.max(needed, FEWEST), Math.floor(MOST / parts));
  return { candles: asked ?? chosen, needed, isEndless };
}

/**
 * How many candles of each market configs want to begin with, so many of their own timeframe each: of
 * a base clock so many that they make those, the one in the making included.
 */
export function warmUpOf(
  wanted: readonly { config: Config; candles: number }[],
): (key: MarketKey) => number {
  type Wanted = (typeof wanted)[number];
  const ofConfig = (key: MarketKey) => ({ config, config: { market }, candles }: Wanted) => {
    const { exchange, timeframe } = baseMarket(market);
    const symbols = [market.symbol, ...otherMarkets(config).map(({ symbol }) => symbol)];
    if (exchange !== key.exchange || !symbols.includes(key.symbol) || candles === 0) return 0;
    // Of what its candles are made of no more is needed than the one in the making.
    if (timeframe !== key.timeframe) return 1;
    if (market.base === undefined) return candles;
    return (candles + 1) * nominalLength(market.timeframe) / nominalLength(timeframe);
  };
  return (key) => Math.max(0, ...wanted.map(ofConfig(key)));
}
