import type { Unseen } from "../../market/candle_builder.ts";
import { type Candle, Candles } from "../../market/candles.ts";
import { Resampler } from "../../market/resample.ts";
import { closeTime, openTime } from "../../market/timeframe.ts";
import type { MarketKey } from "../../ports/store.ts";

/**
 * A candle of a longer timeframe; or that one has to be made anew of what is stored; or that there is
 * none, because a shorter one is missing.
 */
export type Longer =
  | { candle: Candle }
  | { remake: number }
  /** Whole intervals, and the price when they began; NaN if it is not known. */
  | { hole: Unseen; previousClose: number };

/** Makes the candles of a longer timeframe of a market's shortest ones, none where one is missing. */
export class LongerCandles {
  private readonly resampler: Resampler;
  /** Labels of candles behind `through` that hold a row which was revised since. */
  private readonly stale = new Set<number>();
  /** Through this time each interval is stored, or was given, or was told as a hole. */
  private through: number;
  private last: Candle | undefined;

  /** Candles of `key` up to `storedTo` are stored. */
  constructor(
    readonly key: MarketKey,
    private readonly base: MarketKey,
    readonly storedTo: number,
  ) {
    this.resampler = new Resampler(base.timeframe, key.timeframe, "strict");
    this.through = storedTo;
  }

  /** Close time of the candle to which the row that closes at `time` belongs. */
  labelOf(time: number): number {
    return closeTime(openTime(time, this.base.timeframe), this.key.timeframe);
  }

  /** Takes the next row; returns what closes with it. */
  push(row: Candle): Longer[] {
    const label = this.labelOf(row.time), start = openTime(label, this.key.timeframe);
    // What lies before the first row of all is no hole.
    if (this.through === -Infinity) this.through = start;
    const closed = this.holeTo(start);
    this.last = row;
    const rows = Candles.fromRows(this.base.timeframe, [row], 0);
    this.resampler.push(rows, 0, (candle) => {
      if (candle.time <= this.storedTo) return;
      // Decided of the rows as they were given: what is decided does not depend on the store.
      closed.push({ candle });
      this.through = candle.time;
    });
    if (row.time === label) closed.push(...this.holeTo(label));
    return [...closed, ...this.remakes()];
  }

  /** What is stale and was given, or was told as a hole. */
  private remakes(): Longer[] {
    const due = [...this.stale].filter((label) => label <= this.through);
    for (const label of due) this.stale.delete(label);
    return due.map((remake) => ({ remake }));
  }

  /** The intervals up to `end` of which there is no candle, if there are any. */
  private holeTo(end: number): Longer[] {
    const from = this.through;
    if (from >= end) return [];
    this.through = end;
    const previousClose = this.last?.time === from ? this.last.close : NaN;
    return [{ hole: { from, to: end }, previousClose }];
  }

  /** Takes note that the row that closes at `time` was revised; returns what that changes. */
  revise(time: number): Longer[] {
    this.stale.add(this.labelOf(time));
    return this.remakes();
  }
}
