import { createHash } from "node:crypto";
import { allocateColumns, Candles, KINDS } from "../../engine/market/candles.ts";

const ROWS = 525_600, SEED = 42, MINUTE = 60_000;

/** Hash of the open, high, low, close and volume columns, as the reference README gives it. */
export const SYNTH_SHA256 = "44efaea0f73d45078bb6059f33e929bf39a7d25cc1bf25d4d87096bc8fe498b8";

/** Mulberry32: uniform numbers in [0, 1) from 32-bit arithmetic. */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const cents = (price: number) => Math.floor(price * 100 + 0.5) / 100;

/**
 * The made year: 525,600 one-minute candles in cents from 2023-01-01 on, bit for bit those of
 * reference/synth/gen_synth.mjs, on which exact_sweep_1000.csv.gz was computed.
 */
export function synthYear(): Candles {
  const columns = allocateColumns(ROWS), next = uniform(SEED);
  const { time, open, high, low, close, volume, trades, kind } = columns;
  const first = Date.UTC(2023, 0, 1);
  let hidden = 100, previous = 100;
  for (let i = 0; i < ROWS; i++) {
    let sum = 0;
    for (let k = 0; k < 12; k++) sum += next();
    hidden *= 1 + 0.0006 * (sum - 6);
    open[i] = previous;
    close[i] = cents(hidden);
    const top = Math.max(open[i], close[i]), bottom = Math.min(open[i], close[i]);
    high[i] = Math.max(top, cents(top * (1 + 0.0004 * next())));
    low[i] = Math.min(bottom, cents(bottom * (1 - 0.0004 * next())));
    volume[i] = Math.floor(next() * 10_000) / 10;
    time[i] = first + (i + 1) * MINUTE;
    previous = close[i];
  }
  trades.fill(NaN);
  kind.fill(KINDS.indexOf("backfilled"));
  return new Candles("1m", columns, 2);
}

/** The SHA-256 of a made year's columns, to hold against `SYNTH_SHA256`. */
export function synthSha256({ open, high, low, close, volume }: Candles): string {
  const hash = createHash("sha256");
  for (const { buffer } of [open, high, low, close, volume]) hash.update(new Uint8Array(buffer));
  return hash.digest("hex");
}
