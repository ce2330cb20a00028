/** For how long at least the fastest trade is remembered, in milliseconds. */
const MEMORY = 10_000;

/** A trade further ahead of the exchange's clock than this has a wrong time, in milliseconds. */
const FAR_AHEAD = 60_000;

/** So many in a row are right, and it is our clock that was set back. */
const AGREEING = 5;

/**
 * An exchange's clock, measured: it is ahead of ours by as much as its fastest trade of late tells.
 * Our clock may be set while we run, so that older trades tell nothing. Being behind the truth is
 * harmless, since silent intervals then close a little later.
 */
export class ExchangeClock {
  private recent = -Infinity;
  private before = -Infinity;
  private forgetAt = -Infinity;
  private farAhead = 0;

  /** Learns from a trade that arrived at `received`; false if the trade's time cannot be right. */
  learn(timestamp: number, received: number): boolean {
    const ahead = timestamp - received;
    if (ahead - this.offset > FAR_AHEAD && this.offset > -Infinity && ++this.farAhead < AGREEING) {
      return false;
    }
    this.farAhead = 0;
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

  private get offset(): number {
    return Math.max(this.recent, this.before);
  }
}
