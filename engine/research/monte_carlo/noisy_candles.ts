import { type CandleColumns, Candles, KINDS } from "../../market/candles.ts";
import { InputError } from "../../market/errors.ts";
import { quantile } from "../../metrics/quantile.ts";
import type { Random } from "../seeded_random.ts";

const EMPTY = KINDS.indexOf("empty");

/**
 * Candles whose prices are up to `noise` ticks higher or lower each, by chance. What was so stays so:
 * open and close lie from low to high, prices are above 0, a candle that opened where the one before
 * had closed does so still, and a silent market repeats its last close. Volumes are as they were.
 * Throws an `InputError` for prices that are no whole number of ticks, and for a noise that is no whole
 * number of 1 or more.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { Candles } from "../../market/candles.ts";
 * import { seededRandom } from "../seeded_random.ts";
 * const row = { open: 9, high: 11, low: 9, close: 10, volume: 1, trades: 1, kind: "traded" as const };
 * const candles = Candles.fromRows("1m", [{ ...row, time: 60_000 }], 2);
 * const { low, close, high } = noisyCandles(candles, 5, seededRandom(1)).row(0);
 * assert(low <= close && close <= high && Math.abs(close - 10) < 0.051);
 * ```
 */
export function noisyCandles(candles: Candles, noise: number, random: Random): Candles {
  const { decimals, length, timeframe } = candles, scale = tickScale(decimals);
  if (!(Number.isInteger(noise) && noise >= 1)) {
    throw new InputError(`noise is ${noise}, but must be a whole number of ticks, 1 or more`);
  }
  const moved = (price: number) => {
    const ticks = Math.round(price * scale) + Math.floor(random() * (2 * noise + 1)) - noise;
    return Math.max(1, ticks) / scale;
  };
  const column = () => new Float64Array(length);
  const out = { open: column(), high: column(), low: column(), close: column() };
  for (let i = 0; i < length; i++) {
    const last = i > 0 ? candles.close[i - 1] : NaN, isSilent = candles.kind[i] === EMPTY && i > 0;
    const joins = candles.open[i] === last;
    const open = joins ? out.close[i - 1] : moved(candles.open[i]);
    const high = moved(candles.high[i]),
      low = moved(candles.low[i]),
      close = moved(candles.close[i]);
    out.open[i] = open;
    out.close[i] = isSilent && joins ? open : close;
    out.high[i] = isSilent && joins ? open : Math.max(open, high, low, close);
    out.low[i] = isSilent && joins ? open : Math.min(open, high, low, close);
  }
  return new Candles(timeframe, { ...columnsOf(candles), ...out }, decimals);
}

/** A tenth of the usual range of a candle, in ticks, 1 or more: the noise unless another is given. */
export function usualNoise({ decimals, high, low }: Candles): number {
  const range = quantile(high.map((price, i) => price - low[i]), 0.5);
  return Math.max(1, Math.round(range * tickScale(decimals) / 10));
}

function tickScale(decimals: number | undefined): number {
  if (decimals !== undefined) return 10 ** decimals;
  throw new InputError(
    "Candles can be perturbed by ticks only where their prices are whole numbers of ticks",
  );
}

function columnsOf(candles: Candles): CandleColumns {
  const { time, open, high, low, close, volume, trades, kind } = candles;
  const { funding, fundingInGap, fundingInside, instruments } = candles;
  const own = { time, open, high, low, close, volume, trades, kind };
  return { ...own, funding, fundingInGap, fundingInside, instruments };
}
