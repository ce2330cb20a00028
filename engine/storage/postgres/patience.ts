/** Waits for an answer, and for no longer than so many milliseconds since the last sign of life. */
export class Patience {
  /** Rejects, with the code of an operating system's time-out, when there was no answer in time. */
  readonly over: Promise<never>;
  isOver = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private reject: (error: Error) => void = () => {};

  constructor(private readonly milliseconds: number) {
    this.over = new Promise((_, reject) => this.reject = reject);
    // Whoever asks may never wait for it.
    this.over.catch(() => {});
    this.renew();
  }

  readonly renew = (): void => {
    this.end();
    this.timer = setTimeout(() => {
      this.isOver = true;
      const message = `no answer for ${this.milliseconds / 1_000} s`;
      this.reject(Object.assign(new Error(message), { code: "ETIMEDOUT" }));
    }, this.milliseconds);
  };

  end(): void {
    clearTimeout(this.timer);
  }
}
