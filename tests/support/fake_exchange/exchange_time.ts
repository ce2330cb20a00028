/** How fast the exchange's clock runs. */
export type Pace = number | "stepped";

/** The exchange's clock: stands still until it is started, and never goes back. */
export class ExchangeTime {
  private reached: number;
  private running = false;
  private lookedAt = 0;
  private shown: number;

  /**
   * `start` in UTC milliseconds; `pace` times as fast as real time, or only when it is moved. From one look
   * to the next no more than `most` real milliseconds pass on it, however long this machine took. A paced one
   * stands still from `last` on.
   */
  constructor(
    start: number,
    private readonly pace: Pace,
    private readonly most = Infinity,
    private readonly last = Infinity,
  ) {
    this.reached = this.shown = start;
  }

  /** Lets it run; without effect if it runs already. */
  run(): void {
    if (this.running) return;
    this.running = true;
    this.lookedAt = performance.now();
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Looks at the time that it should show: whoever moves it lets happen what happens up to then. */
  look(): number {
    if (this.pace === "stepped" || !this.running) return this.reached;
    const now = performance.now();
    const passed = Math.min(now - this.lookedAt, this.most) * this.pace;
    this.shown = Math.min(this.shown + passed, this.last);
    this.lookedAt = now;
    return this.shown;
  }

  /** UTC milliseconds, whole, as exchanges tell it. */
  get now(): number {
    return Math.floor(this.reached);
  }

  moveTo(time: number): void {
    this.reached = Math.max(this.reached, time);
  }
}
