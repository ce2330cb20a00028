/**
 * Sells a tape of trades as Binance does, all of it in a moment as soon as somebody listens: the other
 * process of `collector_bench.ts`. Prints where, as JSON. Ends with its input. Argument: the tape.
 */
import { print } from "../engine/cli/output.ts";
import { instrumentKey } from "../engine/market/trade.ts";
import { startFakeExchange } from "../tests/support/fake_exchange/fake_exchange.ts";
import { tapeRows } from "../tests/support/fake_exchange/tape_rows.ts";

/** What a tape takes, in real milliseconds: less than reading it does. */
const MOMENT = 30;

const MINUTE = 60_000;

/** Behind the last trade the exchange's time stands still, or hours of it would pass while others read. */
const REST = 10_000;

/** What is for sale where. */
export interface TapeOnSale {
  urls: Record<string, unknown>;
  symbols: string[];
  trades: number;
  /** Candles of whole minutes that they make, of all symbols together. */
  candles: number;
  /** The exchange's time before it begins, UTC milliseconds, and how fast it passes then. */
  start: number;
  pace: number;
  /** When its time stands still. */
  end: number;
}

if (import.meta.main) {
  const trades = await tapeRows(Deno.args[0]), times = trades.map(({ trade }) => trade.timestamp);
  const end = Math.max(...times), pace = (end - Math.min(...times)) / MOMENT;
  const tapes = new Map(trades.map(({ instrument }) => [instrumentKey(instrument), instrument]));
  const instruments = [...tapes.values()].map((tape, i) => ({ symbol: `COIN${i}/USDT`, tape }));
  const exchange = await startFakeExchange({
    ...{ dialect: "binance" as const, trades, instruments, pace, rest: REST, rateLimits: false },
  });
  const minutes = Math.floor(end / MINUTE) - Math.ceil(Math.min(...times) / MINUTE);
  const candles = instruments.length * minutes;
  const symbols = instruments.map(({ symbol }) => symbol), start = exchange.now();
  const sold = { symbols, trades: trades.length, candles };
  const sale: TapeOnSale = { urls: exchange.urls, ...sold, start, pace, end: end + REST };
  print(JSON.stringify(sale));
  for await (const _ of Deno.stdin.readable);
  await exchange.stop();
}
