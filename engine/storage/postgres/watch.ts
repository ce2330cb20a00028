import type { WatchRepository } from "../../ports/watch.ts";
import type { Database } from "./connection.ts";
import { recentSignals } from "./signals.ts";
import { equity } from "./watch_equity.ts";
import { glance } from "./watch_glance.ts";
import { decisionLatency } from "./watch_latency.ts";
import { positions } from "./watch_positions.ts";
import { recentGaps, series } from "./watch_series.ts";

/** What somebody who watches reads, of all the tables. */
export function watch(database: Database): WatchRepository {
  return {
    glance: (range) => glance(database, range),
    equity: (ids, points) => equity(database, ids, points),
    positions: (ids) => positions(database, ids),
    signals: (botId, limit, before) => recentSignals(database, botId, limit, before),
    series: (limit) => series(database, limit),
    recentGaps: (limit) => recentGaps(database, limit),
    decisionLatency: (within) => decisionLatency(database, within),
  };
}
