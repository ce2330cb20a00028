import { allocateColumns, Candles, FIELDS } from "../engine/market/candles.ts";
import { synthYear } from "../tests/support/synth.ts";

const ROWS = 1_000_000, MINUTE = 60_000;

/** The made year and again as much of it as makes a million candles: what takes a millisecond takes a nanosecond a row. */
export function millionRows(): Candles {
  const year = synthYear(), columns = allocateColumns(ROWS);
  for (const field of FIELDS) {
    columns[field].set(year[field]);
    columns[field].set(year[field].subarray(0, ROWS - year.length), year.length);
  }
  for (let i = 0; i < ROWS; i++) columns.time[i] = year.time[0] + i * MINUTE;
  return new Candles("1m", columns, 2);
}
