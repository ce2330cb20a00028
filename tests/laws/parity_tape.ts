import { gunzipSync } from "node:zlib";
import { sharedPath } from "../support/shared.ts";

/** The real tape: six instruments of Binance, interleaved as they were received, over midnight. */
export const TAPE = sharedPath("data/trades_binance_all6_recv_order_20240808.csv.gz");

/** The made tape that is part of the project. */
export const SAMPLE = decodeURIComponent(
  new URL("../../data/sample_tape.csv.gz", import.meta.url).pathname,
);

/** A row of a tape, with its numbers as they are written. */
export interface PlainRow {
  market: string;
  symbol: string;
  id: string;
  /** Exchange time, milliseconds. */
  timestamp: number;
  price: string;
  amount: string;
  /** Time of arrival, nanoseconds. */
  received: bigint;
  /** The whole line. */
  line: string;
}

/** The tape's first line and its rows, read without the engine's readers. */
export function readPlainTape(path: string = TAPE): { header: string; rows: PlainRow[] } {
  const [header, ...lines] = new TextDecoder().decode(gunzipSync(Deno.readFileSync(path)))
    .trimEnd().split("\n");
  const at = (name: string) => header.split(",").indexOf(name);
  const [id, timestamp, price, amount, received, market, symbol] = [
    "id",
    "timestamp",
    "price",
    "amount",
    "recv_ns",
    "market",
    "symbol",
  ].map(at);
  const rows = lines.map((line): PlainRow => {
    const cells = line.split(",");
    return {
      market: cells[market],
      symbol: cells[symbol],
      id: cells[id],
      timestamp: Number(cells[timestamp]),
      price: cells[price],
      amount: cells[amount],
      received: BigInt(cells[received]),
      line,
    };
  });
  return { header, rows };
}

/** The instruments of a tape, in the order in which they first trade. */
export function instrumentsOf(rows: readonly PlainRow[]): { exchange: string; symbol: string }[] {
  const names = [...new Set(rows.map(({ market, symbol }) => `${market} ${symbol}`))];
  return names.map((name) => {
    const [exchange, symbol] = name.split(" ");
    return { exchange, symbol };
  });
}

/** Writes a tape of some of the rows. */
export function writeTape(path: string, header: string, rows: readonly PlainRow[]): void {
  Deno.writeTextFileSync(path, `${[header, ...rows.map(({ line }) => line)].join("\n")}\n`);
}
