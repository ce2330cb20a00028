/** How fast the exchange's clock runs. */
export type Pace = number | "stepped";

/** The exchange's clock: stands still until it is started, and never goes back. */
export class ExchangeTime {
  private reached: number;
  private startedAt: number | undefined;

  /** `start` in UTC milliseconds; `pace` times as fast as real time, or only when it is moved. */
  constructor(private readonly start: number, private readonly pace: Pace) {
    this.reached = start;
  }

  /** Lets it run; without effect if it runs already. */
  run(): void {
    this.startedAt ??= performance.now();
  }

  get isRunning(): boolean {
    return this.startedAt !== undefined;
  }

  /** The time that it should show: whoever moves it lets happen what happens up to then. */
  get due(): number {
    if (this.pace === "stepped" || this.startedAt === undefined) return this.reached;
    return this.start + (performance.now() - this.startedAt) * this.pace;
  }

  /** UTC milliseconds, whole, as exchanges tell it. */
  get now(): number {
    return Math.floor(this.reached);
  }

  moveTo(time: number): void {
    this.reached = Math.max(this.reached, time);
  }
}
