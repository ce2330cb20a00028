import type { FundingRates } from "../../market/funding.ts";
import { InputError } from "../../market/errors.ts";
import { contentHash } from "../../series/canonical.ts";
import type { Candles } from "../../market/candles.ts";
import { openTime, type Timeframe } from "../../market/timeframe.ts";
import { fingerprint } from "../../research/fingerprint.ts";
import type { Work } from "../../research/sweep/work.ts";
import type { EngineVersion } from "./engine_version.ts";

/** Candles that somebody else has to find, too. */
export interface WantedCandles {
  /** What they are called where the search was begun: a file, or three words of a stored series. */
  named: string;
  stamp?: "open" | "close";
  timeframe: Timeframe;
  /** Open of the first one and close of the last one, in UTC milliseconds. */
  from: number;
  to: number;
  count: number;
  /** As `fingerprint` makes it. */
  fingerprint: string;
}

/** All data that a search is over; none of it is sent. */
export interface WantedData {
  candles: WantedCandles;
  decimals: number | undefined;
  /** Other markets that the strategy reads, by symbol. */
  instruments: Readonly<Record<string, WantedCandles>>;
  /** The file of the funding rates, and the SHA-256 of what is in it. */
  funding?: { named: string; fingerprint: string };
}

/** A search, as those who take part in it are told. */
export interface DescribedSearch {
  engine: EngineVersion;
  work: Omit<Work, "candles">;
  /** The parameters whose values a job has, in their order. */
  names: readonly string[];
  data: WantedData;
}

/** What somebody else has to find to have the same candles. */
export function wanted(
  candles: Candles,
  named: string,
  stamp?: "open" | "close",
): WantedCandles {
  const { timeframe, time, length: count } = candles;
  const from = openTime(time[0], timeframe), to = time[count - 1];
  const own = { named, timeframe, from, to, count, fingerprint: fingerprint(candles) };
  return { ...own, ...(stamp && { stamp }) };
}

/** What funding rates are told apart by. */
export function fundingFingerprint({ time, rate }: FundingRates): string {
  return contentHash({ time: Array.from(time), rate: Array.from(rate) });
}

/** A search as text. */
export function writeSearch(search: DescribedSearch): string {
  return JSON.stringify(search);
}

/** Reads the text of a search. Throws an `InputError` for what is none. */
export function readSearch(text: string): DescribedSearch {
  try {
    const search: DescribedSearch = JSON.parse(text);
    // Of another version anything may be otherwise; of ours it is what `writeSearch` wrote.
    if (typeof search.engine.code === "string") return search;
  } catch { /* said below */ }
  throw new InputError("it is of another version of Lockstep");
}
