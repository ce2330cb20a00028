import type { TapeRow } from "../../../engine/market/tape.ts";
import { type Instrument, instrumentKey } from "../../../engine/market/trade.ts";
import { type FakeExchange, startFakeExchange } from "../../support/fake_exchange/fake_exchange.ts";
import type { ChildClock } from "./child_clock.ts";

/** A dialect that has candles of one second, so that a bot that begins may ask for some. */
export type LiveDialect = "binance" | "okx";

/** A piece of a tape that is traded on. */
export interface Piece {
  /** Of two instruments at most, from some minutes before `begin` on. */
  rows: readonly TapeRow[];
  /** When the bots begin and what they decide last, UTC milliseconds at a whole minute. */
  begin: number;
  end: number;
}

/** An exchange that plays a piece of a tape by the machine's clock, which other processes can follow. */
export interface PlayedMarket {
  exchange: FakeExchange;
  symbols: readonly string[];
  /** The exchange's clock, for a process that follows it. */
  readonly clock: ChildClock;
  /** Lets the clock run. */
  run(): void;
  stop(): Promise<void>;
}

const MINUTE = 60_000;

/** The bots begin when so many minutes can be had as a whole, and trade for so many. */
const BEFORE = 3, TRADED = 3;

/** The two instruments of a tape that trade least, over some minutes. */
export function pieceOf(all: readonly TapeRow[]): Piece {
  const groups = Map.groupBy(all, ({ instrument }) => instrumentKey(instrument));
  const least = [...groups].sort(([, a], [, b]) => a.length - b.length).slice(0, 2);
  const names = new Set(least.map(([name]) => name));
  const first = all[0].trade.timestamp;
  const begin = (Math.ceil(first / MINUTE) + BEFORE) * MINUTE, end = begin + TRADED * MINUTE;
  const rows = all.filter(({ instrument, trade }) =>
    names.has(instrumentKey(instrument)) && trade.timestamp < end
  );
  return { rows, begin, end };
}

/** Milliseconds between two looks at the clock. */
const TICK = 5;

/** By how much the clock is told to run before it does, so that everybody knows in time. */
const NOTICE = 100;

/** Starts an exchange that sells a piece, its clock standing at the piece's beginning. */
export async function playMarket(
  { rows, begin }: Piece,
  dialect: LiveDialect,
  pace: number,
): Promise<PlayedMarket> {
  const instruments = instrumentsOf(rows);
  const exchange = await startFakeExchange({
    ...{ dialect, instruments, trades: rows, pace: "stepped", rateLimits: false },
  });
  exchange.advance(begin - exchange.now());
  const clock: ChildClock = { start: begin, pace, set: 0 };
  const real = () => performance.timeOrigin + performance.now();
  const timer = setInterval(() => {
    if (clock.since === undefined) return;
    const due = begin + (real() - clock.since) * pace;
    if (due > exchange.now()) exchange.advance(due - exchange.now());
  }, TICK);
  return {
    ...{ exchange, clock, symbols: instruments.map(({ symbol }) => symbol) },
    run: () => clock.since ??= real() + NOTICE,
    stop: async () => {
      clearInterval(timer);
      await exchange.stop();
    },
  };
}

/** The tape's instruments as spot markets, each with a name of its own. */
export function instrumentsOf(rows: readonly TapeRow[]): { symbol: string; tape: Instrument }[] {
  const tapes = new Map(rows.map(({ instrument }) => [instrumentKey(instrument), instrument]));
  return [...tapes.values()].map((tape, i) => ({ symbol: `COIN${i}/USDT`, tape }));
}
