import type { Candles } from "../../engine/market/candles.ts";

/** The columns that both sides read, each a file of little-endian doubles. */
export const columnNames = ["time", "open", "high", "low", "close", "volume"] as const;

/** Writes the columns of candles into a folder. */
export async function writeColumns(folder: string, candles: Candles): Promise<void> {
  for (const name of columnNames) {
    const { buffer, byteOffset, byteLength } = candles[name];
    const bytes = new Uint8Array(byteLength);
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength));
    await Deno.writeFile(`${folder}/${name}.f64`, bytes);
  }
}

/** A column of a folder. */
export async function readColumn(folder: string, name: string): Promise<Float64Array> {
  return new Float64Array((await Deno.readFile(`${folder}/${name}.f64`)).buffer);
}
