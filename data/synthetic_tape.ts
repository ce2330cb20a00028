import type { TapeRow } from "../engine/market/tape.ts";
import type { Instrument, Side } from "../engine/market/trade.ts";
import { PriceProcess } from "./price_process.ts";
import { between, type Random, seededRandom, wholeNear } from "./random.ts";

/** What tape to make. Times are UTC milliseconds. */
export interface SyntheticTapeOptions {
  seed: number;
  from: number;
  to: number;
  /** Price at the start. */
  price: number;
  /** A stretch [from, to) that nobody recorded. */
  gap?: { from: number; to: number };
}

/** The one instrument of made data. */
const SYNTHETIC: Instrument = { exchange: "synthetic", symbol: "BTC/USDT" };

const SECOND = 1_000, MINUTE = 60_000;
/** Orders per second in usual times, and the share of minutes in which nobody trades. */
export const ORDERS = 0.4, SILENT_MINUTES = 0.03;
/** Share of orders that take several levels of the book at once, and of seconds with a burst. */
const SWEEPS = 0.12, BURSTS = 0.004;
/** Prices are in cents, amounts in hundred-thousandths. */
const PRICE_TICKS = 100, AMOUNT_TICKS = 100_000;

/** An order that hits the book: one trade or more, in the same millisecond. */
interface Order {
  timestamp: number;
  side: Side;
  fills: { price: number; amount: number }[];
}

/** Trades such as a market might have printed, in the order in which they were received. */
export function* syntheticTape(options: SyntheticTapeOptions): Generator<TapeRow> {
  const { from, to, gap } = options, random = seededRandom(options.seed);
  let id = 0, received = 0;
  for (const { timestamp, side, fills } of orders(random, options.price, from, to)) {
    received = Math.max(received, timestamp + receiveDelay(random));
    for (const { price, amount } of fills) {
      id++;
      if (gap && timestamp >= gap.from && timestamp < gap.to) continue;
      const trade = { id: `${id}`, timestamp, price, amount, side };
      yield { instrument: SYNTHETIC, trade, received };
    }
  }
}

function* orders(random: Random, price: number, from: number, to: number): Generator<Order> {
  const process = new PriceProcess(random, price);
  let silent = false;
  for (let second = from; second < to; second += SECOND) {
    if (second % MINUTE === 0) silent = random() < SILENT_MINUTES / process.liveliness;
    process.step(1);
    if (silent) continue;
    const burst = random() < BURSTS * process.liveliness ? between(random, 4, 20) : 0;
    const count = wholeNear(random, ORDERS * process.liveliness * 2 * random() + burst);
    const offsets = Array.from({ length: count }, () => Math.floor(random() * SECOND));
    offsets.sort((a, b) => a - b);
    for (const offset of offsets) yield order(random, second + offset, process);
  }
}

function order(random: Random, timestamp: number, process: PriceProcess): Order {
  const side = random() < 0.5 ? "buy" : "sell", away = side === "buy" ? 1 : -1;
  const levels = random() < SWEEPS ? 2 + Math.floor(4 * random() * random()) : 1;
  let cents = Math.round(process.price * PRICE_TICKS + away * between(random, 1, 120));
  const fills = Array.from({ length: levels }, () => {
    const fill = { price: cents / PRICE_TICKS, amount: amount(random) };
    cents += away * Math.floor(between(random, 0, 150));
    return fill;
  });
  return { timestamp, side, fills };
}

/** Most trades are small and a few very large. */
export function amount(random: Random): number {
  const size = random(), ticks = 1 + Math.floor((2_500 * size * size) / (1.01 - size));
  return ticks / AMOUNT_TICKS;
}

/** Milliseconds on the way from the exchange, with a clock of microseconds. */
function receiveDelay(random: Random): number {
  const slow = random() < 0.05, delay = slow ? between(random, 90, 300) : between(random, 20, 90);
  return Math.round(delay * 1_000) / 1_000;
}
