import type { Config } from "../../../engine/strategy/config.ts";
import { BASE, parityConfigs } from "../../laws/parity_configs.ts";

/**
 * Five bots as different as they come: one with stops, whole lots and a time stop; one that builds up its
 * position and takes it down in parts; one on a base clock, with entries that wait for a price; one with
 * leverage, which is liquidated; one that goes short, pays funding and takes its profit in two parts.
 */
export async function liveBots(exchange: string, symbols: readonly string[]): Promise<Config[]> {
  const [first, second = first] = symbols.map((symbol) => ({ exchange, symbol }));
  const of = async (name: string, instrument: typeof first, clocks?: typeof BASE) => {
    const all = await parityConfigs([instrument], clocks);
    return all.find((config) => config.name.startsWith(`${name}-`))!;
  };
  return await Promise.all([
    of("sma_cross", first),
    of("rsi_reversion", second),
    of("ema_cross", second, BASE),
    of("supertrend_flip", first),
    of("bollinger_breakout", second),
  ]);
}
