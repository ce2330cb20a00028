import { allocateColumns, Candles } from "../../market/candles.ts";
import type { Timeframe } from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";
import type { Difference } from "./difference.ts";
import { partName, partSpan, seriesFolder } from "./layout.ts";
import { type Known, merge, within } from "./merge.ts";
import { openPart, readRows } from "./read_part.ts";
import { replaceFile } from "./replace_file.ts";
import { overlap, type Span } from "./spans.ts";
import { partBytes } from "./write_part.ts";

/** A change of the archive in the making: nothing is written before it is. */
export interface Change {
  /**
   * Adds candles, and the spans of which they are all. Returns where that differs from what is there
   * already, in the archive or in this change; what is there stays, unless `replace`.
   */
  add(key: MarketKey, known: Known, options?: { replace?: boolean }): Promise<Difference[]>;
  /** Writes the files that change, one after the other, each as a whole. */
  write(): Promise<void>;
}

interface Staged extends Known {
  key: MarketKey;
  folder: string;
  path: string;
  changed: boolean;
}

/**
 * A change of the archive in the folder `root`. Whoever makes one holds the archive's lock from before
 * the first `add` until after `write`.
 */
export function startChange(root: string): Change {
  const staged = new Map<string, Staged>();
  return {
    async add(key, known, { replace = false } = {}) {
      const all: Difference[] = [];
      for (const span of partSpans(known.spans, key.timeframe)) {
        const part = await stage(root, staged, key, span);
        const { candles, spans, differences, changed } = merge(part, cut(known, span), replace);
        Object.assign(part, { candles, spans, changed: part.changed || changed });
        all.push(...differences);
      }
      return all;
    },
    async write() {
      for (const part of staged.values()) if (part.changed) await writePart(part);
    },
  };
}

/** The times of the files into which spans fall. */
function partSpans(spans: readonly Span[], timeframe: Timeframe): Span[] {
  const found: Span[] = [];
  for (const { from, to } of spans) {
    for (let time = Math.max(from, found.at(-1)?.to ?? from); time < to; time = found.at(-1)!.to) {
      found.push(partSpan(time, timeframe));
    }
  }
  return found;
}

function cut({ candles, spans }: Known, span: Span): Known {
  const inside = overlap(spans, [span]);
  return { candles: within(candles, inside), spans: inside };
}

async function stage(
  root: string,
  staged: Map<string, Staged>,
  key: MarketKey,
  span: Span,
): Promise<Staged> {
  const folder = `${root}/${seriesFolder(key)}`;
  const path = `${folder}/${partName(span.from, key.timeframe)}`;
  const known = staged.get(path);
  if (known) return known;
  const part = { key, folder, path, changed: false, ...await readPart(path, key.timeframe) };
  staged.set(path, part);
  return part;
}

async function readPart(path: string, timeframe: Timeframe): Promise<Known> {
  const there = await Deno.stat(path).then(() => true, () => false);
  if (!there) return { candles: new Candles(timeframe, allocateColumns(0), undefined), spans: [] };
  const part = await openPart(path), columns = allocateColumns(part.length);
  await readRows(part, columns, 0);
  return { candles: new Candles(timeframe, columns, undefined), spans: part.spans };
}

async function writePart({ key, folder, path, candles, spans }: Staged): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await replaceFile(path, partBytes({ key, candles, spans }));
}
