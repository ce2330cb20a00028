import { readTape, type TapeOptions, type TapeRow } from "../../../engine/market/tape.ts";

/** All trades of a tape, in the file's order. */
export async function tapeRows(path: string, options?: TapeOptions): Promise<TapeRow[]> {
  return (await Array.fromAsync(readTape(path, options))).flat();
}
