import type { Clock } from "../ports/clock.ts";
import type { CcxtExchange } from "./ccxt_exchange.ts";
import { messageOf } from "./patiently.ts";

/** Calls of `watchTrades` are renewed this often, in milliseconds, to hear of errors. */
const RENEWED = 1_000;

/**
 * Has ccxt connect and subscribe, and hears of its errors. Its calls return with each frame, but trades
 * do not come by them, so that they need not be made again at once. Ends when `signal` aborts.
 */
export async function subscribe(
  exchange: CcxtExchange,
  symbols: readonly string[],
  clock: Clock,
  signal: AbortSignal,
  failed: (reason: string) => void,
): Promise<void> {
  const calls = exchange.has.watchTradesForSymbols
    ? [() => exchange.watchTradesForSymbols(symbols)]
    : symbols.map((symbol) => () => exchange.watchTrades(symbol));
  await Promise.all(calls.map(async (call) => {
    while (!signal.aborted) {
      try {
        await call();
      } catch (error) {
        if (!signal.aborted) failed(messageOf(error));
        return;
      }
      await clock.sleep(RENEWED, signal);
    }
  }));
}
