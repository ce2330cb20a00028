import { allocateColumns, type CandleColumns, FIELDS } from "../../market/candles.ts";
import { kindByTrades } from "../../market/checked_candles.ts";

/** A candle as a file has it, in this order: time, open, high, low, close, volume, trades. */
export type FileRow = readonly [number, number, number, number, number, number, number];

/** Columns of candles that a file has row by row; their kind is told by their trades. */
export function rowColumns(rows: readonly FileRow[]): CandleColumns {
  const columns = allocateColumns(rows.length);
  rows.forEach((row, i) => {
    columns.time[i] = row[0];
    FIELDS.forEach((field, k) => columns[field][i] = row[k + 1]);
    columns.trades[i] = row[6];
    columns.kind[i] = kindByTrades(row[6], row[5]);
  });
  return columns;
}
