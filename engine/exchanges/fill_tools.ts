import { backoff } from "./backoff.ts";
import type { Patience } from "./patiently.ts";
import type { TradePages } from "./trade_pages.ts";

/** What fetching missed trades needs. */
export interface FillTools {
  pages: TradePages;
  patience: Patience;
  signal: AbortSignal;
  /** Resolves when the reader has room for more. */
  room(): Promise<void>;
  /** No more trades than these are held while older ones are fetched. */
  mostHeld: number;
  /** More pages than these are not fetched for one hole. */
  mostPages: number;
  /** So often what does not come is asked for. */
  tries: number;
}

const DELAYS = { first: 100, most: 5_000 };

/** Waits before the exchange is asked again for what it did not give. */
export function pause({ patience, signal }: FillTools, attempt: number): Promise<void> {
  return patience.clock.sleep(backoff(DELAYS, attempt, patience.random), signal);
}
