import type { Tell } from "../../ports/tell.ts";
import type { Taken } from "./market_candles.ts";

/** What a collector has seen. */
export interface CollectorStats {
  /** Trades that were taken and were not in stored candles already. */
  trades: number;
  /** Candles stored. */
  candles: number;
  /** Candles stored that are the exchange's own, of time that was not observed. */
  backfilled: number;
  /** Trades that came after their candle was closed. */
  late: number;
  /** New revisions of stored candles. */
  revisions: number;
  /** Trades that came again. */
  duplicates: number;
  /** Trades that were left out: no trades, with a wrong time, or far too late. */
  refused: number;
  /** Spans that a feed could not observe. */
  lost: number;
  /** Stretches of whole intervals that stayed without candles. */
  gaps: number;
  /** Candles that somebody else had stored otherwise. */
  conflicts: number;
}

/** Nothing seen yet. */
export function collectorStats(): CollectorStats {
  return {
    trades: 0,
    candles: 0,
    backfilled: 0,
    late: 0,
    revisions: 0,
    duplicates: 0,
    refused: 0,
    lost: 0,
    gaps: 0,
    conflicts: 0,
  };
}

/** Counts a trade by where it went. */
export function countTaken(stats: CollectorStats, taken: Taken): void {
  if (taken === "stored before") return;
  if (taken !== "too late") stats.trades++;
  if (taken !== "in time") stats.late++;
  if (taken === "too late") stats.refused++;
}

/** What a collector tells of its work. */
export interface CollectorWatch {
  /** A trade was left out. */
  refused?(reason: string): void;
  /** Something is amiss, and collecting goes on. */
  trouble?: Tell;
  /** Everything that arrived up to this time (UTC milliseconds, the feed's `now`) is stored. */
  progress?(time: number): void;
}
