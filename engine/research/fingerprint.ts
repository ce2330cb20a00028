import { createHash } from "node:crypto";
import { type Candles, FIELDS } from "../market/candles.ts";
import { byName } from "../series/write_graph.ts";

/**
 * The SHA-256 of candles: timeframe, times, prices and volumes, bit for bit, and the same of other markets
 * beside them.
 */
export function fingerprint(candles: Candles): string {
  const hash = createHash("sha256").update(candles.timeframe);
  for (const column of [candles.time, ...FIELDS.map((field) => candles[field])]) {
    hash.update(bytesOf(column));
  }
  for (const [symbol, columns] of byName(candles.instruments ?? {})) {
    hash.update(symbol);
    for (const field of FIELDS) hash.update(bytesOf(columns[field]));
  }
  return hash.digest("hex");
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);
