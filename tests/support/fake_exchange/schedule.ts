/** Things that happen at a time of the exchange's clock, in the order of their times. */
export class Schedule {
  private readonly events: { at: number; run: () => void }[] = [];

  /** The time of the next, Infinity if there is none. */
  get next(): number {
    return this.events[0]?.at ?? Infinity;
  }

  /** Those of the same time happen in the order in which they were added. */
  add(at: number, run: () => void): void {
    let place = this.events.length;
    while (place > 0 && this.events[place - 1].at > at) place--;
    this.events.splice(place, 0, { at, run });
  }

  /** Lets the next one happen. */
  runNext(): void {
    this.events.shift()?.run();
  }
}
