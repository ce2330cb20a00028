import type { PositionSide } from "../../engine/account/ledger.ts";
import { csvRows, published } from "./published.ts";
import type { Market, PublishedCandles } from "./published_candles.ts";

/** A trade as vectorbt publishes it, by rows of the candles; the last one may still be open. */
export interface VectorbtTrade {
  side: PositionSide;
  amount: number;
  entryRow: number;
  entryPrice: number;
  entryFee: number;
  exitRow: number;
  exitPrice: number;
  exitFee: number;
  pnl: number;
  return: number;
  closed: boolean;
}

/** What vectorbt published of a case. */
export interface VectorbtResult {
  trades: VectorbtTrade[];
  orders: number;
  /** One row a candle. */
  value: Float64Array;
  cash: Float64Array;
  assets: Float64Array;
}

const file = (name: string) => csvRows(published("vectorbt", `vectorbt/${name}.csv`));

/** Reads the results of a case, such as `long_slip`. */
export function vectorbtResult(market: Market, name: string, { row }: PublishedCandles) {
  const value = file(`${market}_${name}_value`);
  const column = (name: string) => Float64Array.from(value, (cells) => Number(cells[name]));
  return {
    trades: file(`${market}_${name}_trades`).map((cells): VectorbtTrade => ({
      side: cells.Direction === "Long" ? "long" : "short",
      amount: Number(cells.Size),
      entryRow: row(cells["Entry Timestamp"]),
      entryPrice: Number(cells["Avg Entry Price"]),
      entryFee: Number(cells["Entry Fees"]),
      exitRow: row(cells["Exit Timestamp"]),
      exitPrice: Number(cells["Avg Exit Price"]),
      exitFee: Number(cells["Exit Fees"]),
      pnl: Number(cells.PnL),
      return: Number(cells.Return),
      closed: cells.Status === "Closed",
    })),
    orders: file(`${market}_${name}_orders`).length,
    value: column("value"),
    cash: column("cash"),
    assets: column("assets"),
  } satisfies VectorbtResult;
}

/** The signals that every case of a market was given: 1 fires. */
export function vectorbtSignals(market: Market): Record<"entries" | "exits", Float64Array> {
  const rows = file(`${market}_signals`);
  const column = (name: string) => Float64Array.from(rows, (cells) => Number(cells[name]));
  return { entries: column("entries"), exits: column("exits") };
}
