const HOUR = 3_600_000, WEEK = 168;

/** Monday, 1970-01-05. */
const MONDAY = 4 * 24;

/** Long in the first half of each cycle of so many hours, counted from Monday on, by hand. */
export class CyclePosition {
  isLong = false;

  constructor(private readonly period: number, private readonly phase: number) {}

  /** Takes the close of a candle, and when that was (UTC milliseconds). */
  take(_close: number, time: number): void {
    const hour = (time / HOUR - MONDAY) % WEEK, cycles = (hour + this.phase) / this.period;
    this.isLong = cycles - Math.floor(cycles) < 0.5;
  }
}
