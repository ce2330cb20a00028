import type { TapeRow } from "../engine/market/tape.ts";
import { writeCsv } from "../engine/market/write_csv.ts";

const COLUMNS = ["id", "timestamp", "price", "amount", "side", "recv_ns", "market", "symbol"];

/** Writes trades as a tape that `readTape` reads back; times of arrival are kept to the microsecond. */
export async function writeTape(path: string, rows: Iterable<TapeRow>): Promise<void> {
  await writeCsv(path, COLUMNS, tapeLines(rows));
}

function* tapeLines(rows: Iterable<TapeRow>): Generator<string> {
  for (const { instrument, trade, received } of rows) {
    const { id, timestamp, price, amount, side } = trade;
    const { exchange, symbol } = instrument;
    yield [id, timestamp, price, amount, side, nanoseconds(received), exchange, symbol].join(",");
  }
}

/** Milliseconds and microseconds apart, since both as nanoseconds are past what a double counts. */
function nanoseconds(time: number): string {
  const microseconds = Math.round((time % 1) * 1_000);
  const milliseconds = Math.floor(time) + (microseconds === 1_000 ? 1 : 0);
  return `${milliseconds}${`${microseconds % 1_000}`.padStart(3, "0")}000`;
}
