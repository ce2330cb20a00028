import type { Position } from "./naive_position.ts";
import type { NaiveRow } from "./naive_row.ts";
import { NaiveWorth } from "./naive_worth.ts";

/** What holding a position costs. */
export abstract class NaiveFunding extends NaiveWorth {
  /** While no candles were made the position was held, and was still when the market opened again. */
  protected fundGap(held: Position, row: NaiveRow): void {
    const since = this.lastClose;
    const times = this.dueTimes(since, row.openTime).filter((time) => time > since);
    const rate = row.funding === undefined
      ? times.length * this.settings.fundingRate
      : row.fundingInGap ?? 0;
    this.payFor(held, rate * row.open);
  }

  /** Pays for what falls due in a candle; does not receive what may have been due before its own fill. */
  protected fund(held: Position, row: NaiveRow, isFilledInside: boolean): void {
    const { openTime, closeTime } = row, { fundingRate } = this.settings;
    const times = this.dueTimes(openTime, closeTime).filter((time) => time > openTime);
    const { fundingInGap = 0, fundingInside = 0 } = row;
    const [before, at] = row.funding === undefined
      ? [
        fundingRate * times.filter((time) => time < closeTime).length,
        fundingRate * times.filter((time) => time === closeTime).length,
      ]
      : [fundingInside, row.funding - fundingInGap - fundingInside];
    const isPaid = held.side === "long" ? before < 0 : before > 0;
    this.payFor(held, (isFilledInside && isPaid ? at : before + at) * row.close);
  }

  /** The times at which an assumed rate falls due, from one time to another, ends included. */
  protected dueTimes(from: number, to: number): number[] {
    const every = this.settings.fundingHours * 3_600_000, times = [];
    const midnight = Math.floor(from / 86_400_000) * 86_400_000;
    for (let time = midnight; time <= to; time += every) if (time >= from) times.push(time);
    return times;
  }

  protected payFor(held: Position, eachUnit: number): void {
    if (eachUnit === 0) return;
    held.funding += (held.side === "long" ? 1 : -1) * held.units * eachUnit;
    this.drawOnMargin(held);
  }
}
