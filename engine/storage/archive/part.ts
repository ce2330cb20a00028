import type { Candles } from "../../market/candles.ts";
import type { MarketKey } from "../../ports/store.ts";
import type { KnownSpan } from "./spans.ts";

/** What a file of the archive holds: the candles of a stretch of time, and which of it is known. */
export interface Part extends Omit<PartInfo, "decimals"> {
  candles: Candles;
}

/** What a file's metadata says. */
export interface PartInfo {
  key: MarketKey;
  /** The fewest decimals that write every price; `undefined` if the prices are no decimal numbers. */
  decimals: number | undefined;
  /** Sorted; none overlaps another. */
  spans: readonly KnownSpan[];
}

/** The columns of a file, as pandas and others see them. */
export const COLUMNS = [
  "close_time",
  "open",
  "high",
  "low",
  "close",
  "volume",
  "trades",
  "kind",
] as const;

/** Under which the file's metadata has what is ours, as JSON. */
export const METADATA_KEY = "lockstep";

/** Said in each file, for whoever opens it elsewhere. */
export const TIMES = "close_time is the end of a candle: it covers " +
  "[close_time - timeframe, close_time), UTC. Within the known spans, absent candles were silent.";
