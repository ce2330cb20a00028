import { gunzipSync } from "node:zlib";
import type { Candles } from "../../engine/market/candles.ts";
import { readCandlesCsv } from "../../engine/market/candles_csv.ts";
import { sharedPath } from "../support/shared.ts";
import { firstKnown } from "./agree.ts";
import { candlesOf, columnsOf } from "./columns.ts";
import type { Comparison } from "./operator_sources.ts";
import { published } from "./published.ts";

/** Candles, and what others make of them. */
export interface ComparedSeries {
  name: string;
  /** What the others' columns are called. */
  columns: string[];
  ours(comparison: Comparison): Float64Array;
  theirs(comparison: Comparison): number[];
}

interface Golden {
  name: string;
  decimals: number;
  ticks: Record<"open" | "high" | "low" | "close", number[]> & { volume?: number[] };
  expected: Record<string, (number | null)[]>;
}

const numbers = (column: readonly (number | null | undefined)[]) =>
  column.map((value) => value ?? NaN);

/** The made series of a golden file. */
export function goldenSeries(file: "golden.json.gz" | "golden_more.json.gz"): ComparedSeries[] {
  const bytes = Deno.readFileSync(new URL(`talib/${file}`, import.meta.url));
  const { series }: { series: Golden[] } = JSON.parse(new TextDecoder().decode(gunzipSync(bytes)));
  return series.map(({ name, decimals, ticks, expected }) => {
    const price = (column: number[]) => column.map((tick) => tick / 10 ** decimals);
    const { open, high, low, close, volume = [] } = ticks;
    const prices = { open: price(open), high: price(high), low: price(low), close: price(close) };
    const candles = candlesOf(prices, { decimals });
    candles.volume.set(volume);
    return {
      name,
      columns: Object.keys(expected),
      ours: ({ ours }) => columnsOf(candles, { ours }).ours,
      theirs: ({ theirs }) => numbers(expected[theirs]),
    };
  });
}

let quotes: Promise<Candles> | undefined;

/** The quotes of Stock.Indicators, and what it publishes of them. */
export async function stockIndicators(): Promise<ComparedSeries> {
  const candles = await (quotes ??= readCandlesCsv(sharedPath("data/si_default.csv.gz")));
  return {
    name: "quotes",
    columns: [],
    ours: ({ ours }) => columnsOf(candles, { ours }).ours,
    theirs({ theirs }) {
      const [file, field] = theirs.split(" ");
      const text = published("stock-indicators", `stock-indicators/${file}.standard.json`);
      const rows: Record<string, number | null>[] = JSON.parse(text);
      return numbers(rows.map((row) => row[field]));
    },
  };
}

/**
 * The largest difference as a fraction of theirs, from the first row on which both are known; infinite where only one
 * is known. Differences up to `absolute` are none.
 */
export function farthest(
  ours: Float64Array,
  theirs: readonly number[],
  { after = 0, absolute = 0, as }: Comparison,
): { rows: number; difference: number } {
  const wanted = as ? theirs.map((value, row) => as(value, row, theirs)) : theirs;
  let rows = 0, difference = 0;
  for (let i = Math.max(after, firstKnown(ours), firstKnown(wanted)); i < wanted.length; i++) {
    if (Number.isNaN(wanted[i]) && Number.isNaN(ours[i])) continue;
    rows++;
    const off = Math.abs(ours[i] - wanted[i]);
    if (off <= absolute) continue;
    const fraction = off / Math.abs(wanted[i]);
    difference = Math.max(difference, Number.isNaN(fraction) ? Infinity : fraction);
  }
  return { rows, difference };
}
