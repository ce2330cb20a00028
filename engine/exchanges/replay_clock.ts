/** How fast a tape is replayed: a multiple of its own pace, or as fast as its reader takes it. */
export type ReplaySpeed = number | "max";

/** Tape time, which passes `speed` times as fast as real time from the first row on. */
export class ReplayClock {
  private startedAt = NaN;
  private tapeStart = NaN;

  constructor(private readonly speed: number, private readonly realNow: () => number) {}

  /** Tape time now; `first` is the tape time at which the first call is made. */
  now(first: number): number {
    if (Number.isNaN(this.tapeStart)) {
      this.tapeStart = first;
      this.startedAt = this.realNow();
    }
    return this.tapeStart + (this.realNow() - this.startedAt) * this.speed;
  }

  /** Real milliseconds until the tape time `time`. */
  until(time: number): number {
    return (time - this.now(time)) / this.speed;
  }
}
