import { columnIndexes, csvRows } from "./csv_rows.ts";
import { InputError } from "./errors.ts";
import type { FundingRates } from "./funding.ts";
import { numberCell } from "./number_cell.ts";
import { parseTime } from "./parse_time.ts";

/** What files call their columns, in lower case: Lockstep's names first, then those of exchanges. */
const COLUMNS = {
  time: ["time", "timestamp", "date", "fundingtime", "funding_time", "calc_time"],
  rate: ["rate", "fundingrate", "funding_rate", "last_funding_rate"],
};

/**
 * Reads funding rates from a CSV or CSV.gz file with a column of times (UTC milliseconds or ISO dates) at
 * which funding fell due, and one of rates as fractions, such as 0.0001; other columns are ignored, so
 * that what exchanges publish can be read as it is. Rows may be in any order. Throws an `InputError` with
 * the line for what cannot be read.
 */
export async function readFundingCsv(path: string): Promise<FundingRates> {
  const rows: { time: number; rate: number }[] = [];
  for await (const batch of csvRows(path)) {
    const at = columnIndexes(batch.header, COLUMNS);
    batch.rows.forEach((row, i) => {
      const place = `Cannot read ${path}, line ${batch.line + i}`, rate = numberCell(row[at.rate]);
      if (Number.isNaN(rate)) {
        throw new InputError(`${place}: "${row[at.rate]}" is no rate, which is a fraction`);
      }
      rows.push({ time: parseTime(row[at.time], place), rate });
    });
  }
  rows.sort((a, b) => a.time - b.time);
  return { time: rows.map(({ time }) => time), rate: rows.map(({ rate }) => rate) };
}
