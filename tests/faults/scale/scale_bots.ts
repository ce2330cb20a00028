import type { Config } from "../../../engine/strategy/config.ts";
import { parityConfigs } from "../../laws/parity_configs.ts";

/** Those that by their nature trade a few times a day. */
const SELDOM = ["opening_range"];

/** So many bots on these markets, of every strategy in turn and with a name each. */
export async function scaleBots(symbols: readonly string[], bots: number): Promise<Config[]> {
  const all = (await parityConfigs([{ exchange: "made", symbol: symbols[0] }]))
    .filter(({ name }) => !SELDOM.some((seldom) => name.startsWith(`${seldom}-`)));
  return Array.from({ length: bots }, (_, i) => {
    const config = all[i % all.length], symbol = symbols[i % symbols.length];
    const [strategy] = config.name.split("-");
    return { ...config, name: `${strategy}_${i}`, market: { ...config.market, symbol } };
  });
}
