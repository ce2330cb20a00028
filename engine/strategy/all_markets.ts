import { baseMarket } from "../market/base_market.ts";
import { instrumentOperator } from "../series/operators/candles/instrument.ts";
import type { Config } from "./config.ts";

/** What of a config says which markets its bot takes. */
export interface ReadsMarkets extends Pick<Config, "market"> {
  strategy: Pick<Config["strategy"], "graph">;
}

/** The other markets that a config's strategy reads, as its run takes them: on the same clock. */
export function otherMarkets({ market, strategy: { graph } }: ReadsMarkets) {
  const read = Object.values(graph).filter(({ op }) => op === instrumentOperator.name);
  const symbols = new Set(read.map(({ args }) => String(args?.symbol)));
  return [...symbols].sort().map((symbol) => ({ ...baseMarket(market), symbol }));
}

/** All markets of which a config's bot takes the candles. */
export function allMarkets(config: ReadsMarkets) {
  return [baseMarket(config.market), ...otherMarkets(config)];
}
