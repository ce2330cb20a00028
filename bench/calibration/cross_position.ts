/** A crossover of two simple averages, worked out by hand from closes in whole ticks. */
export class CrossPosition {
  private readonly closes: number[] = [];
  private quick = 0;
  private steady = 0;
  /** On which side the fast average was last: a tie changes nothing. */
  private side = 0;
  /** Whether it is long behind the last close. */
  isLong = false;

  constructor(private readonly fast: number, private readonly slow: number) {}

  /** Takes the close of a candle, in ticks. */
  take(close: number): void {
    const { closes, fast, slow } = this;
    closes.push(close);
    this.quick += close - (closes.at(-1 - fast) ?? 0);
    this.steady += close - (closes.at(-1 - slow) ?? 0);
    if (closes.length < slow) return;
    const side = Math.sign(this.quick * slow - this.steady * fast);
    if (side === 0) return;
    if (side !== this.side && this.side !== 0) this.isLong = side > 0;
    this.side = side;
  }
}
