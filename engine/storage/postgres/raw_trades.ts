import type { Instrument, Trade } from "../../market/trade.ts";
import type { MarketDataPoint, RawTradesRepository } from "../../ports/raw_trades.ts";
import type { Database } from "./connection.ts";
import { insertPoints, pointsBetween } from "./market_data_points.ts";
import type { Partitions } from "./partitions.ts";
import { insertTrades, TRADE, tradesBetween } from "./raw_trade_rows.ts";

/** Market data as received, in the table `raw_trades`. */
export function rawTrades(database: Database, partitions: Partitions): RawTradesRepository {
  const insert = (
    instrument: Instrument,
    dataType: string,
    points: readonly Trade[] | readonly MarketDataPoint[],
  ) =>
    // The port's overloads say which points a type has; who passes others is refused by the table.
    dataType === TRADE
      ? insertTrades(database, partitions, instrument, points as readonly Trade[])
      : insertPoints(database, partitions, instrument, dataType, points as MarketDataPoint[]);
  return {
    insert: (instrument, trades) => insert(instrument, TRADE, trades),
    insertMarketDataPoint: async (
      instrument: Instrument,
      dataType: string,
      point: Trade | MarketDataPoint,
    ) => await insert(instrument, dataType, [point] as Trade[] | MarketDataPoint[]) === 1,
    insertMarketDataPoints: insert,
    between: between(database),
  };
}

function between(database: Database): RawTradesRepository["between"] {
  function read(of: Instrument, dataType: typeof TRADE, from: number, to: number): Promise<Trade[]>;
  function read(of: Instrument, type: string, from: number, to: number): Promise<MarketDataPoint[]>;
  function read(instrument: Instrument, dataType: string, from: number, to: number) {
    return dataType === TRADE
      ? tradesBetween(database, instrument, from, to)
      : pointsBetween(database, instrument, dataType, from, to);
  }
  return read;
}
