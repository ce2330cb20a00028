import type { Store } from "../../ports/store.ts";
import { bots } from "./bots.ts";
import { wishes } from "./bot_wishes.ts";
import { committing } from "./commit.ts";
import { type Database, openConnection } from "./connection.ts";
import { healthCheck } from "./health.ts";
import { maintain } from "./maintain.ts";
import { marketData } from "./market_data.ts";
import { migrate } from "./migrate.ts";
import { partitions } from "./partitions.ts";
import { performance } from "./performance.ts";
import { rawTrades } from "./raw_trades.ts";
import { signals } from "./signals.ts";
import { stats } from "./stats.ts";
import { fills } from "./fills.ts";
import { refusals } from "./refusals.ts";
import { missingCandles } from "./missing_candles.ts";
import { trades } from "./trades.ts";
import { watch } from "./watch.ts";

export interface StoreOptions {
  /** The most connections to hold at once; 4 unless given. */
  connections?: number;
  /**
   * How long a server may be silent before it counts as away, in milliseconds; 15 s unless given. A
   * statement may take two thirds of that, and wait for a lock for one.
   */
  patience?: number;
}

/**
 * Opens the store in the PostgreSQL database at `url`, and makes or updates its tables. Throws a
 * `StoreError` that names host and port if there is none. Whatever the store cannot do because the
 * server is away, stopped, locked or full is an `UnreachableError`, which comes in time; and the store
 * works again when the server does.
 */
export async function openStore(
  url: string,
  { connections, patience }: StoreOptions = {},
): Promise<Store> {
  const database = openConnection(url, connections, patience);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return storeOn(database);
}

function storeOn(database: Database): Store {
  const parts = partitions(database);
  return {
    marketData: marketData(database),
    rawTrades: rawTrades(database, parts),
    bots: bots(database),
    wishes: wishes(database),
    signals: signals(database),
    trades: trades(database),
    fills: fills(database),
    refusals: refusals(database),
    performance: performance(database),
    watch: watch(database),
    missing: missingCandles(database),
    commit: committing(database, parts),
    maintain: (options) => maintain(database, parts, options),
    healthCheck: () => healthCheck(database),
    stats: () => stats(database),
    close: () => database.close(),
  };
}
