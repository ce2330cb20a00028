import { CandleFold } from "../engine/market/candle_fold.ts";
import { type Candle, Candles } from "../engine/market/candles.ts";
import { intervalEnd, nominalLength, type Timeframe } from "../engine/market/timeframe.ts";
import { PriceProcess } from "./price_process.ts";
import { type Random, seededRandom, wholeNear } from "./random.ts";
import { amount, ORDERS, SILENT_MINUTES } from "./synthetic_tape.ts";

const SECOND = 1_000, MINUTE = 60_000;

/** What candles to make. Times are UTC milliseconds. */
export interface SyntheticCandlesOptions {
  seed: number;
  timeframe: Timeframe;
  from: number;
  to: number;
  /** Price at the start. */
  price: number;
  /** A stretch that nobody recorded: no candle that touches (from, to) is there. */
  gap?: { from: number; to: number };
}

/** Candles such as a market might have shown, from the same price process as the tape. */
export function syntheticCandles(options: SyntheticCandlesOptions): Candles {
  const { timeframe, from, to, gap } = options, random = seededRandom(options.seed);
  const process = new PriceProcess(random, options.price), rows: Candle[] = [];
  let close = options.price;
  for (let open = from; open < to; open = intervalEnd(open, timeframe)) {
    const candle = candleOf(process, random, open, timeframe, close);
    close = candle.close;
    if (!gap || candle.time <= gap.from || open >= gap.to) rows.push(candle);
  }
  return Candles.fromRows(timeframe, rows, 2);
}

function candleOf(
  process: PriceProcess,
  random: Random,
  open: number,
  timeframe: Timeframe,
  previousClose: number,
): Candle {
  const fold = new CandleFold(), length = nominalLength(timeframe);
  fold.begin(intervalEnd(open, timeframe), false);
  const silent = length <= MINUTE && random() < SILENT_MINUTES / process.liveliness;
  const steps = length <= MINUTE ? 12 : 30, seconds = length / SECOND / steps;
  for (let step = 0; step < steps; step++) {
    process.step(seconds);
    const orders = ORDERS * process.liveliness * seconds * 2 * random();
    const trades = silent ? 0 : wholeNear(random, orders);
    if (trades === 0) continue;
    const price = Math.round(process.price * 100) / 100;
    fold.add(price, price, price, price, Math.round(amount(random) * trades * 1e5) / 1e5, trades);
  }
  return fold.traded ? fold.candle() : emptyCandle(fold.label, previousClose);
}

function emptyCandle(time: number, price: number): Candle {
  const prices = { open: price, high: price, low: price, close: price };
  return { time, ...prices, volume: 0, trades: 0, kind: "empty" };
}
