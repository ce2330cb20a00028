import { type Candles, FIELDS, KINDS, priceDecimals } from "../../market/candles.ts";
import { type ColumnSource, parquetWriteBuffer } from "./parquet.ts";
import { COLUMNS, METADATA_KEY, type Part, TIMES } from "./part.ts";

/** Snappy, since both packages have it themselves: the bytes depend on no library of the machine's. */
const CODEC = "SNAPPY";

type Schema = NonNullable<Parameters<typeof parquetWriteBuffer>[0]["schema"]>;

const REQUIRED = "REQUIRED", OPTIONAL = "OPTIONAL";

const SCHEMA: Schema = [
  { name: "candles", num_children: COLUMNS.length },
  {
    name: "close_time",
    type: "INT64",
    repetition_type: REQUIRED,
    converted_type: "TIMESTAMP_MILLIS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  },
  ...FIELDS.map((name) => ({ name, type: "DOUBLE", repetition_type: REQUIRED } as const)),
  { name: "trades", type: "INT64", repetition_type: OPTIONAL },
  {
    name: "kind",
    type: "BYTE_ARRAY",
    repetition_type: REQUIRED,
    converted_type: "UTF8",
    logical_type: { type: "STRING" },
  },
];

/**
 * A file of the archive, as bytes: the same for the same candles and spans. `close_time` is a UTC
 * timestamp, `trades` is null where the source does not say, and `kind` is a word.
 */
export function partBytes(part: Part): Uint8Array {
  const buffer = parquetWriteBuffer({
    schema: SCHEMA,
    columnData: columnData(part.candles),
    codec: CODEC,
    // One group: a file is read whole.
    rowGroupSize: Math.max(1, part.candles.length),
    kvMetadata: [{ key: METADATA_KEY, value: metadataOf(part) }],
    createdBy: "lockstep",
  });
  return new Uint8Array(buffer);
}

function columnData(candles: Candles): ColumnSource[] {
  const trades = Array.from(candles.trades, (n) => Number.isNaN(n) ? null : BigInt(n));
  return [
    {
      name: "close_time",
      data: BigInt64Array.from(candles.time, BigInt),
      encoding: "DELTA_BINARY_PACKED",
    },
    ...FIELDS.map((name) => ({ name, data: candles[name], encoding: "PLAIN" as const })),
    { name: "trades", data: trades },
    { name: "kind", data: Array.from(candles.kind, (kind) => KINDS[kind]) },
  ];
}

function metadataOf({ key, candles, spans }: Part): string {
  const { exchange, symbol, timeframe } = key, iso = (time: number) => new Date(time).toISOString();
  return JSON.stringify({
    format: 1,
    exchange,
    symbol,
    timeframe,
    times: TIMES,
    priceDecimals: priceDecimals(candles) ?? null,
    known: spans.map(({ from, to, source }) => ({ from: iso(from), to: iso(to), source })),
  });
}
