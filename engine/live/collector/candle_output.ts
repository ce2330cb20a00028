import type { Candle } from "../../market/candles.ts";
import { intervalEnd } from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";
import type { Longer, LongerCandles } from "./longer_candles.ts";
import type { MarketJobs } from "../outbox/market_jobs.ts";

/** What came of a longer timeframe. */
export interface LongerMade {
  key: MarketKey;
  made: Longer;
}

/** Puts one instrument's candles in line to be stored, and makes the longer ones of them. */
export class CandleOutput {
  constructor(
    readonly key: MarketKey,
    readonly longer: readonly LongerCandles[],
    private readonly jobs: MarketJobs,
    /** The newest candle of the shortest timeframe. */
    public last: Candle | undefined,
  ) {}

  /** Puts a candle of the shortest timeframe; returns what closes with it, to be put in that order. */
  put(candle: Candle): LongerMade[] {
    this.jobs.addCandle(this.key, candle);
    this.last = candle;
    return this.longer.flatMap((longer) => madeOf(longer, longer.push(candle)));
  }

  /** A candle of the shortest timeframe is another one now. Returns what that changes. */
  revise(candle: Candle): LongerMade[] {
    this.jobs.addRevision(candle);
    if (this.last?.time === candle.time) this.last = candle;
    return this.longer.flatMap((longer) => madeOf(longer, longer.revise(candle.time)));
  }

  /** Has longer candles made anew that are stored and hold shorter ones that close behind `from`. */
  remakeFrom(from: number): void {
    for (const longer of this.longer) {
      for (let label = longer.labelOf(from + 1); label <= longer.storedTo;) {
        this.jobs.addRemake(longer.key, label);
        label = intervalEnd(label, longer.key.timeframe);
      }
    }
  }

  /** Puts a longer candle, or has it made anew. */
  putLonger(key: MarketKey, made: Exclude<Longer, { hole: unknown }>): void {
    if ("candle" in made) this.jobs.addCandle(key, made.candle);
    else this.jobs.addRemake(key, made.remake);
  }
}

/** Names the timeframe of what came of it. */
export function madeOf({ key }: LongerCandles, all: readonly Longer[]): LongerMade[] {
  return all.map((made) => ({ key, made }));
}
