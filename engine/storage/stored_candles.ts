import type { Candles } from "../market/candles.ts";
import { InputError } from "../market/errors.ts";
import { marketName } from "../market/market_name.ts";
import { NotedCandles } from "../market/noted_candles.ts";
import { iso } from "../market/time.ts";
import { nests, openTime, type Timeframe, TIMEFRAMES } from "../market/timeframe.ts";
import type { MarketKey } from "../ports/store.ts";
import { describeDifferences } from "./archive/difference.ts";
import { listSeries } from "./archive/list_series.ts";
import { interleave } from "./archive/merge.ts";
import { type Span, without } from "./archive/spans.ts";
import { PLACES, type Prefer, type Stored } from "./join_candles.ts";
import { type Pieces, storedPieces } from "./stored_pieces.ts";

/** Which stored candles are wanted. */
export interface StoredRequest extends Span {
  key: MarketKey;
  prefer?: Prefer;
}

/**
 * The stored candles that lie wholly within [from, to] (UTC milliseconds; infinite is open), from
 * archive and database as one, silent intervals included as `empty` candles. Where there are none of the
 * timeframe, they are made of the next finer ones that are there, each of all that it covers: one that
 * lacks a part is left out. The notes say what was done. Throws an `InputError` if there are none at all.
 */
export async function storedCandles(stored: Stored, request: StoredRequest): Promise<NotedCandles> {
  const { key, from, to } = request, notes: string[] = [], torn = new Map<number, Timeframe>();
  let all: Candles | undefined, missing: Span[] = [{ from, to }];
  for (const timeframe of timeframesFor(key.timeframe)) {
    const pieces = await storedPieces(stored, { ...request, timeframe, missing });
    for (const label of pieces.torn) torn.set(label, timeframe);
    missing = without(missing, pieces.known);
    if (pieces.candles.length === 0) continue;
    notes.push(...notesOf(pieces, timeframe, request, all !== undefined));
    all = all ? interleave(all, pieces.candles) : pieces.candles;
  }
  if (all) return new NotedCandles(all, [...notes, ...tornNotes(all, torn)]);
  throw torn.size > 0 ? allTorn(key, torn) : await none(stored, request);
}

/** The timeframe itself, and then those that it can be made of, the longest first. */
function timeframesFor(wanted: Timeframe): Timeframe[] {
  const shorter = TIMEFRAMES.slice(0, TIMEFRAMES.indexOf(wanted)).toReversed();
  return [wanted, ...shorter.filter((timeframe) => nests(timeframe, wanted))];
}

/** What has to be said of pieces; `some` of the candles came from longer timeframes. */
function notesOf(
  { candles, silent, differences }: Pieces,
  timeframe: Timeframe,
  { key, prefer }: StoredRequest,
  some: boolean,
): string[] {
  const notes: string[] = [], { time, length } = candles;
  if (timeframe !== key.timeframe) {
    const from = iso(openTime(time[0], key.timeframe)), to = iso(time[length - 1]);
    notes.push(
      some
        ? `${length} of them, from ${from} to ${to}, are made of ${timeframe} candles: no longer ones ` +
          "are stored there"
        : `made of ${timeframe} candles: no ${key.timeframe} ones are stored`,
    );
  }
  if (silent > 0) notes.push(`${silent} silent intervals are empty candles`);
  if (differences.length > 0) {
    const what = describeDifferences(differences, timeframe, PLACES);
    notes.push(`the ${prefer}'s were taken where the two differ (${differences.length}): ${what}`);
  }
  return notes;
}

/** Which candles between the first and the last lack a part. */
function tornNotes({ time, timeframe, length }: Candles, torn: Map<number, Timeframe>): string[] {
  const there = new Set(time), first = time[0], last = time[length - 1];
  const labels = [...torn.keys()].sort((a, b) => a - b)
    .filter((label) => label > first && label < last && !there.has(label));
  if (labels.length === 0) return [];
  const finer = torn.get(labels[0]), from = iso(openTime(labels[0], timeframe));
  const [many, are] = labels.length === 1
    ? ["1 candle", "is"]
    : [`${labels.length} candles`, "are"];
  return [
    `${many} ${are} left out, the first from ${from} on: some of the ${finer} candles are not stored`,
  ];
}

function allTorn({ exchange, symbol, timeframe }: MarketKey, torn: Map<number, Timeframe>) {
  const [[label, finer]] = torn, from = iso(openTime(label, timeframe));
  return new InputError(
    `No ${timeframe} candle of ${exchange} ${symbol} is stored or can be made: each lacks some of its ` +
      `${finer} candles, such as the one from ${from} on. If the file that they came from leaves ` +
      "silent intervals out, import it with --sparse",
  );
}

/** How many series a message names. */
const NAMED = 5;

async function none(
  { root, store }: Stored,
  { key, from, to }: StoredRequest,
): Promise<InputError> {
  const { exchange, symbol, timeframe } = key;
  const since = isFinite(from) ? ` from ${iso(from)}` : "",
    until = isFinite(to) ? ` to ${iso(to)}` : "";
  const all = await listSeries(root);
  const named = all.slice(0, NAMED).map(({ key }) => marketName(key));
  const there = named.length === 0
    ? "The archive is empty"
    : `The archive has ${named.join(", ")}${all.length > NAMED ? " and others" : ""}`;
  return new InputError(
    `No candles of ${exchange} ${symbol} ${timeframe}${since}${until} are stored, nor finer ones. ` +
      `${there}${
        store ? "" : "; no database was looked into"
      }. \`deno task candles\` lists what is there, ` +
      "`deno task fetch` gets more",
  );
}
