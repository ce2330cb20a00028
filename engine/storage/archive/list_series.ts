import { nominalLength, TIMEFRAMES } from "../../market/timeframe.ts";
import { InputError } from "../../market/errors.ts";
import type { MarketKey } from "../../ports/store.ts";
import { intervalsIn } from "./holes.ts";
import { spanOfName } from "./layout.ts";
import { parquetMetadataAsync } from "./parquet.ts";
import { partInfo } from "./read_part.ts";
import { coverage, joinSpans, type KnownSpan } from "./spans.ts";

/** What the archive has of a series. */
export interface SeriesSummary {
  key: MarketKey;
  /** How many candles are stored; silent intervals may have none. */
  candles: number;
  spans: readonly KnownSpan[];
}

/** Every series of the archive in the folder `root`, by name; only the ends of files are read. */
export async function listSeries(root: string): Promise<SeriesSummary[]> {
  const found: SeriesSummary[] = [];
  for (const exchange of await folders(root)) {
    for (const symbol of await folders(`${root}/${exchange}`)) {
      for (const timeframe of await folders(`${root}/${exchange}/${symbol}`)) {
        const series = await summaryOf(`${root}/${exchange}/${symbol}/${timeframe}`);
        if (series) found.push(series);
      }
    }
  }
  return found.sort((a, b) => order(a.key, b.key));
}

function order(a: MarketKey, b: MarketKey): number {
  const byName = (one: string, other: string) => Number(one > other) - Number(one < other);
  return byName(a.exchange, b.exchange) || byName(a.symbol, b.symbol) ||
    nominalLength(a.timeframe) - nominalLength(b.timeframe);
}

async function folders(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(path)) if (isDirectory) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}

async function summaryOf(folder: string): Promise<SeriesSummary | undefined> {
  let key: MarketKey | undefined, candles = 0;
  const spans: KnownSpan[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!TIMEFRAMES.some((timeframe) => spanOfName(name, timeframe))) continue;
    const part = await endOf(`${folder}/${name}`);
    key = part.key;
    candles += part.length;
    spans.push(...part.spans);
  }
  return key && { key, candles, spans: joinSpans(spans) };
}

async function endOf(path: string) {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const slice = async (start: number, end = size) => {
    await file.seek(start, Deno.SeekMode.Start);
    const bytes = new Uint8Array(end - start);
    let read = 0;
    while (read < bytes.length) {
      const count = await file.read(bytes.subarray(read));
      if (count === null) break;
      read += count;
    }
    return bytes.buffer;
  };
  try {
    const metadata = await parquetMetadataAsync({ byteLength: size, slice }, {
      initialFetchSize: END,
    });
    return { length: Number(metadata.num_rows), ...partInfo(metadata) };
  } catch (error) {
    throw new InputError(
      `Cannot read ${path}: it is damaged, or no file of the archive (${(error as Error).message})`,
    );
  }
}

/** Where a file has its metadata, unless there is uncommonly much of it. */
const END = 1 << 15;

/** How many intervals of a known time have no candle: nothing traded in them. */
export function silentIntervals({ key, candles, spans }: SeriesSummary): number {
  const known = coverage(spans).map((span) => intervalsIn(span, key.timeframe));
  return known.reduce((sum, count) => sum + count, 0) - candles;
}
