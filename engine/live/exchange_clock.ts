/** For how long at least the fastest trade is remembered, in milliseconds. */
const MEMORY = 10_000;

/** A trade further ahead of the exchange's clock, or at first of ours, has a wrong time, in ms. */
const FAR_AHEAD = 60_000;

/** So many in a row that agree with each other are right, and it is our clock that was set back. */
const AGREEING = 20;

/**
 * An exchange's clock, measured: it is ahead of ours by as much as its fastest trade of late tells.
 * Our clock may be set while we run, so that older trades tell nothing. Being behind the truth is
 * harmless, since silent intervals then close a little later.
 */
export class ExchangeClock {
  private recent = -Infinity;
  private before = -Infinity;
  private forgetAt = -Infinity;
  /** How far ahead the last trade was that came from too far ahead, and how many agreed with it. */
  private ahead = NaN;
  private agreed = 0;

  /** Learns from a trade that arrived at `received`; false if the trade's time cannot be right. */
  learn(timestamp: number, received: number): boolean {
    const ahead = timestamp - received, known = Math.max(this.offset, 0);
    if (ahead - known > FAR_AHEAD && !this.isAgreed(ahead)) return false;
    this.agreed = 0;
    if (received >= this.forgetAt) {
      this.before = this.recent;
      this.recent = -Infinity;
      this.forgetAt = received + MEMORY;
    }
    this.recent = Math.max(this.recent, ahead);
    return true;
  }

  /** Its time when ours is `received`, in UTC milliseconds; -Infinity before the first trade. */
  at(received: number): number {
    return received + this.offset;
  }

  private isAgreed(ahead: number): boolean {
    this.agreed = Math.abs(ahead - this.ahead) <= MEMORY ? this.agreed + 1 : 1;
    this.ahead = ahead;
    return this.agreed >= AGREEING;
  }

  private get offset(): number {
    return Math.max(this.recent, this.before);
  }
}
