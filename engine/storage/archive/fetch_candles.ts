import { type Candle, Candles } from "../../market/candles.ts";
import { checkCandles } from "../../market/checks.ts";
import { InputError } from "../../market/errors.ts";
import { marketName } from "../../market/market_name.ts";
import { iso } from "../../market/time.ts";
import { closeTime, intervalStart, openTime } from "../../market/timeframe.ts";
import type { CandlePage, History } from "../../ports/history.ts";
import type { MarketKey } from "../../ports/store.ts";
import { startChange } from "./change.ts";
import type { Difference } from "./difference.ts";
import { withArchiveLock } from "./lock.ts";
import { knownSpans } from "./read_series.ts";
import { coverage, type Span, without } from "./spans.ts";

/** What to fetch, and where it goes. */
export interface FetchRequest extends Span {
  /** The archive's folder. */
  root: string;
  history: History;
  key: MarketKey;
  signal: AbortSignal;
  /**
   * What is known already is left alone (`skip`), asked for again and compared (`verify`), or asked
   * for again and replaced where it differs (`replace`).
   */
  known?: "skip" | "verify" | "replace";
  onProgress?: (progress: FetchProgress) => void;
}

/** How far a fetch is. */
export interface FetchProgress {
  /** How much of the time that is asked for is there by now, from 0 to 1. */
  done: number;
  /** Through when the exchange's record is there. */
  through: number;
  candles: number;
}

/** What a fetch did. */
export interface Fetched {
  /** How many candles came. */
  candles: number;
  /** Whether all that was asked for was there before. */
  wasThere: boolean;
  /** What was asked for, as much of it as the exchange has told. */
  told: Span[];
  /** Where what came differs from what was there. */
  differences: Difference[];
}

/** How much is held before it is written: a killed fetch has no more than this to ask for again. */
const MOST_CANDLES = 5_000, MOST_PAGES = 100;

/**
 * Fetches an exchange's own candles into the archive. What is there is asked for once: a fetch that
 * was stopped, however, goes on where it was, and ends in the same files, byte for byte, as one that
 * was not. When it is aborted, or the exchange refuses, what came until then is kept.
 */
export async function fetchCandles(request: FetchRequest): Promise<Fetched> {
  const wanted = await wantedSpans(request), wasThere = wanted.length === 0;
  const result: Fetched = { candles: 0, wasThere, told: [], differences: [] };
  const all = length(wanted);
  for (const span of wanted) {
    const held = new Held(request, span.from);
    try {
      for await (const page of pages(request, span)) {
        held.add(page);
        result.candles += page.candles.length;
        const done = (length(result.told) + held.through - span.from) / all;
        request.onProgress?.({ done, through: held.through, candles: result.candles });
        if (held.isFull) result.differences.push(...await held.write());
      }
    } finally {
      result.differences.push(...await held.write());
    }
    if (held.through > span.from) result.told.push({ from: span.from, to: held.through });
    if (request.signal.aborted) break;
  }
  return result;
}

function length(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The time to ask for: whole intervals, less what is known unless that is asked for again. */
async function wantedSpans({ root, key, from, to, known = "skip" }: FetchRequest): Promise<Span[]> {
  const whole = { from: closeTime(from - 1, key.timeframe), to: intervalStart(to, key.timeframe) };
  if (whole.from >= whole.to) {
    throw new InputError(
      `Cannot fetch ${key.timeframe} candles from ${iso(from)} to ${
        iso(to)
      }: no whole one lies between`,
    );
  }
  if (known !== "skip") return [whole];
  return without([whole], coverage(await knownSpans(root, key, whole)));
}

/** The pages of a span, each held to what the port promises. */
async function* pages({ history, key, signal }: FetchRequest, span: Span) {
  let before = span.from;
  for await (const page of history.candles(key, span.from, span.to, signal)) {
    if (page.through <= before || page.through > span.to) {
      throw wrong(
        key,
        `told ${iso(before)} to ${iso(page.through)} of a record until ${iso(span.to)}`,
      );
    }
    check(key, page, before);
    yield page;
    before = page.through;
  }
}

function check(key: MarketKey, { candles, through }: CandlePage, before: number): void {
  if (candles.length === 0) return;
  const first = openTime(candles[0].time, key.timeframe), last = candles.at(-1)!.time;
  checkCandles(Candles.fromRows(key.timeframe, candles), key.timeframe, marketName(key));
  if (first >= before && last <= through) return;
  throw wrong(key, `has candles from ${iso(first)} to ${iso(last)}`);
}

function wrong(key: MarketKey, what: string): Error {
  return new Error(`The record of ${marketName(key)} ${what}: pages must follow each other`);
}

/** Candles that came and are not written yet. */
class Held {
  private rows: Candle[] = [];
  private pages = 0;
  through: number;

  constructor(private readonly request: FetchRequest, private from: number) {
    this.through = from;
  }

  get isFull(): boolean {
    return this.rows.length >= MOST_CANDLES || this.pages >= MOST_PAGES;
  }

  add({ candles, through }: CandlePage): void {
    this.rows.push(...candles);
    this.through = through;
    this.pages++;
  }

  async write(): Promise<Difference[]> {
    if (this.through === this.from) return [];
    const { root, key, known } = this.request, { from, through: to } = this;
    const candles = Candles.fromRows(key.timeframe, this.rows);
    const spans = [{ from, to, source: "fetched" }];
    const differences = await withArchiveLock(root, async () => {
      const change = startChange(root), replace = known === "replace";
      const differences = await change.add(key, { candles, spans }, { replace });
      await change.write();
      return differences;
    });
    this.rows = [];
    this.pages = 0;
    this.from = to;
    return differences;
  }
}
