import { createHash } from "node:crypto";
import { type Candles, FIELDS } from "../market/candles.ts";

/** The SHA-256 of candles: timeframe, times, prices and volumes, bit for bit. */
export function fingerprint(candles: Candles): string {
  const hash = createHash("sha256").update(candles.timeframe);
  for (const column of [candles.time, ...FIELDS.map((field) => candles[field])]) {
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest("hex");
}
