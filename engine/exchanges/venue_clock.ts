/** For how long at least the best that is known of a clock counts, in milliseconds. */
const MEMORY = 10_000;

/** A trade further ahead than this of what is known has a wrong time, in milliseconds. */
const NEAR = 60_000;

/** And further than this while nothing but our own clock is known, which may be set wrongly. */
const FAR = 600_000;

/** So many in a row that agree with each other are right, and what was known is not. */
const AGREEING = 20;

/** So many that agree with each other tell the time of an exchange that nobody can ask. */
const TELLING = 2;

/** How far the times of trades that agree with each other may lie apart, in milliseconds. */
const APART = 10_000;

/** Exchanges may tell their time in whole seconds, the rest cut off. */
const CUT_OFF = 1_000;

/**
 * An exchange's clock as a moment of ours tells it, never later than it is: each trade that came, and
 * each answer to the question for its time, was stamped before it was here, so that the clock is at least
 * as far ahead of ours as the fastest of late. Being behind the truth is harmless, since silent intervals
 * then close a little later. A stamp may be wrong: it is held to the exchange's own answer, or else to
 * our clock and the trades before.
 *
 * Moments of ours are in milliseconds from anywhere.
 */
export class VenueClock {
  private recent = -Infinity;
  private before = -Infinity;
  private forgetAt = -Infinity;
  /** The exchange's own answer leaves it no further ahead than this. */
  private most = Infinity;
  /** How far ahead the last trade was that came from too far ahead, and how many agreed with it. */
  private ahead = NaN;
  private agreed = 0;

  /** Its time at a moment of ours, in UTC milliseconds; -Infinity while nothing is known. */
  at(moment: number): number {
    return moment + this.least;
  }

  /** The exchange told its time at some moment between these two of ours. */
  tell(time: number, asked: number, answered: number): void {
    const most = time + CUT_OFF - asked;
    // Many trades know better than an answer that was kept somewhere on its way.
    if (most < this.least - NEAR) return;
    this.most = most;
    this.recent = Math.min(this.recent, this.most);
    this.before = Math.min(this.before, this.most);
    this.note(time - answered, answered);
  }

  /** What it answered before does not hold any more: our clock stood still. */
  doubt(): void {
    this.most = Infinity;
  }

  /** The latest stamp that can be right at a moment when our own clock, which may be wrong, is at `ours`. */
  latest(moment: number, ours: number): number {
    return moment + this.known(ours - moment) + (this.wasTold ? NEAR : FAR);
  }

  /** Learns from a trade that arrived at `moment`; false if its time cannot be right. */
  learn(timestamp: number, moment: number, ours: number): boolean {
    const ahead = timestamp - moment;
    if (ahead <= this.known(ours - moment) + NEAR) {
      this.agreed = 0;
      this.note(Math.min(ahead, this.most), moment);
      return true;
    }
    const isPossible = timestamp <= this.latest(moment, ours);
    this.agreed = Math.abs(ahead - this.ahead) <= APART ? this.agreed + 1 : 1;
    this.ahead = ahead;
    if (this.agreed < (isPossible ? TELLING : AGREEING)) return isPossible;
    this.agreed = 0;
    this.most = Infinity;
    this.note(ahead, moment);
    return true;
  }

  private get wasTold(): boolean {
    return this.most < Infinity;
  }

  private get least(): number {
    return Math.max(this.recent, this.before);
  }

  private known(ours: number): number {
    return this.wasTold ? this.most : Math.max(this.least, ours);
  }

  private note(ahead: number, moment: number): void {
    if (moment >= this.forgetAt) {
      this.before = this.recent;
      this.recent = -Infinity;
      this.forgetAt = moment + MEMORY;
    }
    this.recent = Math.max(this.recent, ahead);
  }
}
