import { Candles } from "../market/candles.ts";
import { candlesFromFrame } from "../market/frame.ts";

/** Candles, or a danfo DataFrame with timestamp, open, high, low, close and volume. */
export type CandleSource = Candles | Parameters<typeof candlesFromFrame>[0];

/** The candles of a source, checked. */
export function candlesOf(source: CandleSource): Candles {
  return source instanceof Candles ? source : candlesFromFrame(source);
}
