import { allocateColumns } from "../engine/market/candles.ts";
import { parquetRead } from "../engine/storage/archive/parquet.ts";
import { partOf, readRows } from "../engine/storage/archive/read_part.ts";
import { partBytes } from "../engine/storage/archive/write_part.ts";
import { synthYear } from "../tests/support/synth.ts";

/** Reading a year of minutes from its twelve files, against reading the same files and no more. */
const year = synthYear(), key = { exchange: "made", symbol: "SYNTH", timeframe: "1m" } as const;

const files = Array.from({ length: 12 }, (_, month) => {
  const from = Date.UTC(2023, month), to = Date.UTC(2023, month + 1);
  const spans = [{ from, to, source: "made" }];
  return partBytes({ key, candles: year.between(from, to), spans }).slice().buffer;
});

async function intoColumns() {
  const columns = allocateColumns(year.length);
  let at = 0;
  for (const [i, bytes] of files.entries()) {
    const part = partOf(`${i}`, bytes);
    await readRows(part, columns, at);
    at += part.length;
  }
  return columns;
}

const { close } = await intoColumns();
if (close.some((price, i) => price !== year.close[i])) throw new Error("Other candles were read");

Deno.bench("hyparquet alone: 525,600 candles", { group: "archive", baseline: true }, async () => {
  for (const file of files) await parquetRead({ file, onChunk: () => {} });
});

Deno.bench("archive into columns: 525,600 candles", { group: "archive" }, async () => {
  await intoColumns();
});
