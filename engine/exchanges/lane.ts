import type { Arrival } from "./read_trade.ts";

/** Where a lane's trades go, and what it tells. */
export interface LaneOutput {
  pass(arrival: Arrival): void;
  /** Trades with from ≤ timestamp < to (exchange time, UTC milliseconds) may be missing for good. */
  lost(from: number, to: number, reason: string): void;
  /** All that was told as lost with these times was passed after all. */
  found(from: number, to: number): void;
}

/**
 * The trades of one instrument between the socket and the reader. What comes while older trades are
 * still missing is held back until those were fetched.
 */
export interface Lane {
  /** A trade of the stream. */
  take(arrival: Arrival): void;
  /** The stream begins at about this time of the exchange, unless it began before. */
  begin(time: number): void;
  /** The stream is cut. What is held may be forgotten, since it can be fetched again. */
  interrupt(forget: boolean): void;
  /** Something of the stream could not be read: trades may be missing. */
  doubt(): void;
  /** Whether every trade up to now was passed, as far as the stream tells. */
  readonly isComplete: boolean;
  /** How many trades are held. */
  readonly size: number;
  /** The newest trade that was passed. */
  readonly newest: { id: string; timestamp: number } | undefined;
  /** Which of the newest trades, as REST tells them, should have come through the stream and have not. */
  missing(page: readonly Arrival[]): Arrival[];
  /**
   * Passes such trades, if the stream goes on without them. Returns false if it has to be begun anew: it
   * brings nothing newer either, or what it lacks is fetched in another way.
   */
  recover(missing: readonly Arrival[]): boolean;
  /** Up to this time (UTC milliseconds) nothing is missing. */
  prove(time: number): void;
}

/** A lane that passes everything at once and misses what it misses: for experiments. */
export function openLane(output: LaneOutput): Lane {
  let newest: Lane["newest"];
  return {
    take(arrival) {
      newest = arrival.trade;
      output.pass(arrival);
    },
    begin() {},
    interrupt() {},
    doubt() {},
    isComplete: true,
    size: 0,
    get newest() {
      return newest;
    },
    missing: () => [],
    recover: () => false,
    prove() {},
  };
}
