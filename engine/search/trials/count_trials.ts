import type { Candles } from "../../market/candles.ts";
import { InputError } from "../../market/errors.ts";
import { openTime } from "../../market/timeframe.ts";
import { calendarRatios } from "../../metrics/calendar_year.ts";
import type { MarketMarks, Recorded, TrialLedger, TriedSets } from "../../ports/trial_ledger.ts";
import {
  type CountedTrials,
  countFurther,
  ownTrials,
  ratioSums,
} from "../../research/sweep/counted_trials.ts";
import type { SweepSpec } from "../../research/sweep/batch.ts";
import type { ParameterSets } from "../../research/sweep/parameter_sets.ts";
import { marketMarks } from "./market_marks.ts";
import { setIds } from "./set_ids.ts";

/** Sets that were backtested, over which candles, and their Sharpe ratios, a year by their settings. */
export interface Trial {
  candles: Candles;
  sets: ParameterSets;
  ratios: Float64Array;
}

/**
 * Writes into the ledger what a search tried, before anybody is told what came of it, and counts what was
 * tried before. Where there is no ledger, or it cannot be used, only the search's own sets are counted, and
 * it is said why; one that may be read only is read.
 */
export async function countTrials(
  spec: SweepSpec,
  method: string,
  given: readonly Trial[],
  ledger: TrialLedger | undefined,
): Promise<CountedTrials> {
  // One that was ended before anything was through.
  if (given.length === 0) return ownTrials(0, new Float64Array());
  const idOf = setIds(spec), { settings } = spec;
  // Searches of one ledger may count by different years.
  const trials = given.map((one) => ({ ...one, ratios: calendarRatios(one.ratios, settings) }));
  const tried = trials.map(({ candles, sets, ratios }): TriedSets => {
    const { time, timeframe, length } = candles;
    return {
      ...{ strategy: spec.strategy.name, timeframe: spec.timeframe, method },
      from: Math.max(openTime(time[0], timeframe), spec.start ?? -Infinity),
      to: time[length - 1],
      ids: different(Float64Array.from({ length: sets.length }, (_, i) => idOf(sets.at(i)))),
      ratios: ratioSums(ratios),
    };
  });
  const ids = different(joined(tried.map(({ ids }) => ids)));
  const own = ownTrials(ids.length, joined(trials.map(({ ratios }) => ratios)));
  if (ledger === undefined) return { ...own, unknown: "no ledger of them is kept" };
  const widest = trials.reduce((a, b) => b.candles.length > a.candles.length ? b : a);
  const recorded = await recordedOrRead(ledger, marketMarks(widest.candles), tried);
  if (typeof recorded === "string") return { ...own, unknown: recorded };
  const { rows, earlier, unwritten } = recorded;
  const judged = (independent: number) => {
    // What cannot be noted is taken to be as much alike as the sets of whoever asks.
    rows.forEach((row, i) =>
      void ledger.judged(row, independent * tried[i].ids.length / ids.length).catch(() => {})
    );
  };
  const counted = countFurther(ids, own.ratios, earlier);
  return unwritten === undefined ? { ...counted, judged } : { ...counted, unwritten };
}

/**
 * Refuses a ledger that cannot be used before a search is made that it is to count. One that may not be
 * written is none.
 */
export async function checkLedger(ledger: TrialLedger | undefined): Promise<void> {
  await ledger?.check().catch((error) => {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  });
}

/** What the ledger answers; what was tried before where it may only be read, or why it is not known. */
async function recordedOrRead(
  ledger: TrialLedger,
  market: MarketMarks,
  tried: readonly TriedSets[],
): Promise<Recorded & { unwritten?: string } | string> {
  try {
    return await ledger.record(market, tried);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) return whyNot(error);
    const unwritten = `the ledger may not be written here${without(error)}`;
    return await ledger.before(market, tried)
      .then((earlier) => ({ rows: [], earlier, unwritten })).catch(whyNot);
  }
}

/** The flag that gives the permission that was missing. */
function without({ message }: Error): string {
  const [, access, path] = /Requires (\w+) access to "([^"]+)"/.exec(message) ?? [];
  return path === undefined ? "" : ` without --allow-${access}=${path}`;
}

/** Why nothing was written. What came of the search is not lost for it. */
function whyNot(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) {
    return `their ledger may not be used here${without(error)}`;
  }
  if (error instanceof InputError) return `they were not written down: ${error.message}`;
  throw error;
}

/** Sorts numbers, and leaves out what is there twice. */
function different(ids: Float64Array): Float64Array {
  ids.sort();
  let length = 0;
  for (const id of ids) if (length === 0 || id !== ids[length - 1]) ids[length++] = id;
  return ids.slice(0, length);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0].slice();
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
