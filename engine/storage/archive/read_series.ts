import { allocateColumns, Candles } from "../../market/candles.ts";
import type { MarketKey } from "../../ports/store.ts";
import { seriesFolder, spanOfName } from "./layout.ts";
import type { Known } from "./merge.ts";
import type { PartInfo } from "./part.ts";
import { type OpenPart, openPart, readRows } from "./read_part.ts";
import { joinSpans, type KnownSpan, overlap, type Span } from "./spans.ts";

/**
 * The candles of the archive in the folder `root` that lie wholly within [from, to] (UTC milliseconds),
 * straight from the files into columns, and which of that time is known. An unknown series has
 * neither.
 */
export async function readSeries(
  root: string,
  key: MarketKey,
  { from, to }: Span = { from: -Infinity, to: Infinity },
): Promise<Known> {
  const parts = await openParts(root, key, { from, to });
  const columns = allocateColumns(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    await readRows(part, columns, at);
    at += part.length;
  }
  const all = new Candles(key.timeframe, columns, decimalsOfAll(parts));
  const spans = joinSpans(parts.flatMap((part) => part.spans));
  return { candles: all.between(from, to), spans: overlap(spans, [{ from, to }]) };
}

/** Which time of [from, to] is known of a series: as `readSeries`, without reading the candles. */
export async function knownSpans(root: string, key: MarketKey, span: Span): Promise<KnownSpan[]> {
  const parts = await openParts(root, key, span);
  return overlap(joinSpans(parts.flatMap(({ spans }) => spans)), [span]);
}

async function openParts(root: string, key: MarketKey, { from, to }: Span): Promise<OpenPart[]> {
  const folder = `${root}/${seriesFolder(key)}`, names = await partNames(folder, key);
  const within = names.filter(({ span }) => span.from < to && span.to > from);
  return await Promise.all(within.map(({ name }) => openPart(`${folder}/${name}`)));
}

function decimalsOfAll(parts: readonly PartInfo[]): number | undefined {
  let most = 0;
  for (const { decimals } of parts) {
    if (decimals === undefined) return undefined;
    most = Math.max(most, decimals);
  }
  return most;
}

/** The archive's files in the folder of a series, in the order of time. */
async function partNames(
  folder: string,
  { timeframe }: Pick<MarketKey, "timeframe">,
): Promise<{ name: string; span: Span }[]> {
  const found: { name: string; span: Span }[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      const span = spanOfName(name, timeframe);
      if (span) found.push({ name, span });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort((a, b) => a.span.from - b.span.from);
}
