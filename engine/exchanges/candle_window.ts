import type { Candle } from "../market/candles.ts";
import { intervalEnd, type Timeframe } from "../market/timeframe.ts";

/** Asks for the candles that open at from ≤ time < to, and gives those it gets. */
export type AskCandles = (from: number, to: number) => Promise<Map<number, Candle> | undefined>;

/** So often a window is asked for in which something is missing. */
const TRIES = 8;

/**
 * The candles of a window, as completely as the exchange has them: a page may be empty, or cut at
 * either end, by mistake, so what is missing is asked for until an answer brings nothing new.
 * `undefined` after an abort.
 */
export async function candleWindow(
  ask: AskCandles,
  timeframe: Timeframe,
  from: number,
  to: number,
): Promise<Candle[] | undefined> {
  const found = new Map<number, Candle>();
  let missing: readonly [number, number] | undefined = [from, to];
  for (let attempt = 1; missing && attempt <= TRIES; attempt++) {
    const page = await ask(...missing), before = found.size;
    if (!page) return undefined;
    for (const [open, candle] of page) found.set(open, candle);
    if (attempt > 1 && found.size === before) break;
    missing = missingIn(found, timeframe, from, to);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, candle]) => candle);
}

/** From the first missing candle to the end of the last one. */
function missingIn(
  found: ReadonlyMap<number, Candle>,
  timeframe: Timeframe,
  from: number,
  to: number,
): readonly [number, number] | undefined {
  let first: number | undefined, last = from;
  for (let open = from; open < to; open = intervalEnd(open, timeframe)) {
    if (found.has(open)) continue;
    first ??= open;
    last = intervalEnd(open, timeframe);
  }
  return first === undefined ? undefined : [first, last];
}
