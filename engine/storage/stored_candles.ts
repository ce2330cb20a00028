import { iso } from "../market/checks.ts";
import { InputError } from "../market/errors.ts";
import { fillSilence } from "../market/fill_silence.ts";
import { NotedCandles } from "../market/noted_candles.ts";
import { resample } from "../market/resample.ts";
import { nests, type Timeframe, TIMEFRAMES } from "../market/timeframe.ts";
import type { MarketKey } from "../ports/store.ts";
import { describeDifferences } from "./archive/difference.ts";
import { partSpan } from "./archive/layout.ts";
import { listSeries } from "./archive/list_series.ts";
import type { Span } from "./archive/spans.ts";
import { joinCandles, PLACES, type Prefer, type Stored } from "./join_candles.ts";

/** Which stored candles are wanted. */
export interface StoredRequest extends Span {
  key: MarketKey;
  prefer?: Prefer;
}

/**
 * The stored candles that lie wholly within [from, to] (UTC milliseconds; infinite is open), from
 * archive and database as one, silent intervals included as `empty` candles. If there are none of the
 * timeframe, they are made of the next finer ones that are there. The notes say what was done. Throws
 * an `InputError` if there are none at all.
 */
export async function storedCandles(stored: Stored, request: StoredRequest): Promise<NotedCandles> {
  const { key } = request;
  for (const timeframe of timeframesFor(key.timeframe)) {
    const { candles, notes } = await seriesOf(stored, { ...request, key: { ...key, timeframe } });
    if (candles.length === 0) continue;
    if (timeframe === key.timeframe) return new NotedCandles(candles, notes);
    const made = resample(candles, key.timeframe);
    const note = `made of ${timeframe} candles: no ${key.timeframe} ones are stored`;
    return new NotedCandles(made, [note, ...notes]);
  }
  throw await none(stored, request);
}

/** The timeframe itself, and then those that it can be made of, the longest first. */
function timeframesFor(wanted: Timeframe): Timeframe[] {
  const shorter = TIMEFRAMES.slice(0, TIMEFRAMES.indexOf(wanted)).toReversed();
  return [wanted, ...shorter.filter((timeframe) => nests(timeframe, wanted))];
}

async function seriesOf(stored: Stored, { key, from, to, prefer }: StoredRequest) {
  // From the beginning of a file on: what was silent at first needs the close before it.
  const begin = isFinite(from) ? partSpan(from, key.timeframe).from : from;
  const { candles, observed, differences } = await joinCandles(
    stored,
    key,
    { from: begin, to },
    prefer,
  );
  const whole = fillSilence(candles, observed).between(from, to), notes: string[] = [];
  const silent = whole.length - candles.between(from, to).length;
  if (silent > 0) notes.push(`${silent} silent intervals are empty candles`);
  if (differences.length > 0) {
    const what = describeDifferences(differences, key.timeframe, PLACES);
    notes.push(`the ${prefer}'s were taken where the two differ (${differences.length}): ${what}`);
  }
  return { candles: whole, notes };
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
  const named = all.slice(0, NAMED).map(({ key }) =>
    `${key.exchange} ${key.symbol} ${key.timeframe}`
  );
  const there = named.length === 0
    ? "The archive is empty"
    : `The archive has ${named.join(", ")}${all.length > NAMED ? " and others" : ""}`;
  return new InputError(
    `No candles of ${exchange} ${symbol} ${timeframe}${since}${until} are stored, nor finer ones. ` +
      `${there}${
        store ? "" : "; there is no database"
      }. \`deno task candles\` lists what is there, ` +
      "`deno task fetch` gets more",
  );
}
