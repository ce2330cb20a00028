import { type Candle, Candles } from "../../engine/market/candles.ts";
import { nominalLength, type Timeframe } from "../../engine/market/timeframe.ts";
import { withInstruments } from "../../engine/market/with_instruments.ts";
import { seededRandom } from "../../data/random.ts";

/** What candles to make. */
export interface MadeCandles {
  rows: number;
  seed?: number;
  timeframe?: Timeframe;
  decimals?: number;
}

/** 17 minutes past an hour: the first hour is a partial one. */
const START = Date.UTC(2024, 2, 30, 21, 17);

/**
 * Candles of a seeded walk on whole ticks: small steps, so that prices and averages tie often; silent
 * stretches of empty candles, and gaps, some of which swallow the end of an hour.
 */
export function madeCandles(
  { rows, seed = 1, timeframe = "1m", decimals = 2 }: MadeCandles,
): Candles {
  const random = seededRandom(seed), scale = 10 ** decimals, length = nominalLength(timeframe);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const made: Candle[] = [];
  let time = Math.floor(START / length) * length, close = 10_000, silent = 0, drift = 0;
  for (let i = 0; i < rows; i++) {
    if (random() < 0.002) time += length * (1 + upTo(90));
    if (random() < 0.01) silent = 1 + upTo(6);
    if (i % 150 === 0) drift = upTo(4) - 2;
    time += length;
    const open = silent > 0 ? close : close + upTo(2) - 1;
    if (silent === 0) close = Math.max(500, open + upTo(8) - 4 + (random() < 0.3 ? drift : 0));
    const high = Math.max(open, close) + (silent > 0 ? 0 : upTo(3));
    const low = Math.min(open, close) - (silent > 0 ? 0 : upTo(3));
    made.push({
      time,
      open: open / scale,
      high: high / scale,
      low: low / scale,
      close: close / scale,
      volume: silent > 0 ? 0 : (1 + upTo(5_000)) / 1_000,
      trades: silent > 0 ? 0 : 1 + upTo(20),
      kind: silent > 0 ? "empty" : "traded",
    });
    if (silent > 0) silent--;
  }
  return Candles.fromRows(timeframe, made, decimals);
}

/** The other market that graphs of the laws read. */
export const OTHER = "ETH/USDT";

/** As `madeCandles`, with those of another market beside them, which has gaps of its own. */
export function madeTogether(what: MadeCandles): Candles {
  return withInstruments(madeCandles(what), { [OTHER]: madeOther(what) });
}

/** The candles of that other market. */
export function madeOther({ seed = 1, ...what }: MadeCandles): Candles {
  return madeCandles({ seed: seed + 1_000, ...what });
}
