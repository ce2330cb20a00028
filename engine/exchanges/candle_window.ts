import type { Candle } from "../market/candles.ts";
import { intervalEnd, type Timeframe } from "../market/timeframe.ts";

/** Asks for the candles that open at from ≤ time < to, and gives those it gets. */
export type AskCandles = (from: number, to: number) => Promise<Map<number, Candle> | undefined>;

/** A window of time in which candles are asked for. */
export interface CandleWindow {
  timeframe: Timeframe;
  /** Open times with from ≤ open < to, UTC milliseconds. */
  from: number;
  to: number;
  /** The open time of a candle that is known to be there, next before the window. */
  anchor?: number;
  /** Whether others follow: then what is behind its last candle is left to those. */
  isFollowed?: boolean;
}

/** What came of it. */
export interface WindowFound {
  /** Oldest first. */
  candles: Candle[];
  /** Up to here an interval without a candle is known to have none; `from` if nothing is known. */
  through: number;
}

/** So often a window is asked for in which something is missing. */
const TRIES = 8;

/** So many answers have to say that there is nothing; so many that hold nothing at all say nothing. */
const PROOFS = 2, EMPTY = 2;

/**
 * The candles of a window, as completely as the exchange has them. A page may be empty, or cut at either
 * end, by mistake, or since an exchange that fails answers with an empty list: so silence is known only
 * between two candles of one answer, or from answers that hold a candle which is known to be there, and
 * nothing new. `undefined` after an abort.
 */
export async function candleWindow(
  ask: AskCandles,
  window: CandleWindow,
): Promise<WindowFound | undefined> {
  const { timeframe, from, to, isFollowed = false } = window, found = new Found(window);
  for (let attempt = 1, empty = 0, proofs = 0; attempt <= TRIES && empty < EMPTY; attempt++) {
    const missing = found.missing();
    if (!missing) return { candles: found.candles, through: to };
    const { last } = found;
    if (isFollowed && last !== undefined && missing[0] > last) {
      return { candles: found.candles, through: intervalEnd(last, timeframe) };
    }
    const known = found.anchorOf(missing), page = await ask(...around(missing, known, timeframe));
    if (!page) return undefined;
    if (found.add(page)) empty = proofs = 0;
    else if (known === undefined || !page.has(known)) empty++;
    else if (++proofs >= PROOFS) return { candles: found.candles, through: to };
  }
  return { candles: [], through: from };
}

/** What is known of a window. */
class Found {
  private readonly rows = new Map<number, Candle>();
  /** Open times that lie between two candles of one answer. */
  private readonly settled = new Set<number>();

  constructor(private readonly window: CandleWindow) {}

  get candles(): Candle[] {
    return [...this.rows].sort(([a], [b]) => a - b).map(([, candle]) => candle);
  }

  /** The open time of the last candle. */
  get last(): number | undefined {
    return this.rows.size > 0 ? Math.max(...this.rows.keys()) : undefined;
  }

  /** Whether an answer holds anything new. */
  add(page: ReadonlyMap<number, Candle>): boolean {
    const { from, to, timeframe } = this.window, before = this.rows.size + this.settled.size;
    const end = Math.min(to, Math.max(...page.keys()));
    for (let open = Math.max(from, Math.min(...page.keys())); open < end;) {
      this.settled.add(open);
      open = intervalEnd(open, timeframe);
    }
    for (const [open, candle] of page) if (open >= from && open < to) this.rows.set(open, candle);
    return this.rows.size + this.settled.size > before;
  }

  /** From the first interval of which nothing is known to the end of the last one. */
  missing(): readonly [number, number] | undefined {
    const { from, to, timeframe } = this.window;
    let first: number | undefined, last = from;
    for (let open = from; open < to; open = intervalEnd(open, timeframe)) {
      if (this.rows.has(open) || this.settled.has(open)) continue;
      first ??= open;
      last = intervalEnd(open, timeframe);
    }
    return first === undefined ? undefined : [first, last];
  }

  /** The open time of a candle that is there, next before what is missing, or else next behind it. */
  anchorOf([first]: readonly [number, number]): number | undefined {
    const { anchor } = this.window;
    const opens = anchor === undefined ? [...this.rows.keys()] : [anchor, ...this.rows.keys()];
    const before = Math.max(...opens.filter((open) => open < first));
    if (before > -Infinity) return before;
    return opens.length > 0 ? Math.min(...opens) : undefined;
  }
}

function around(
  [first, last]: readonly [number, number],
  known: number | undefined,
  timeframe: Timeframe,
): [number, number] {
  if (known === undefined) return [first, last];
  return [Math.min(first, known), Math.max(last, intervalEnd(known, timeframe))];
}
