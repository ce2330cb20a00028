const FIRST = 32;

/** A list of rows of so many numbers each, one behind the other: a row costs no object. */
export class NumberRows {
  /** Row `n` begins at `n * width`. */
  numbers: Float64Array;
  count = 0;

  constructor(readonly width: number) {
    this.numbers = new Float64Array(FIRST * width);
  }

  /** Adds a row; returns where it begins, for its numbers to be written there. */
  add(): number {
    const at = this.count * this.width;
    if (at === this.numbers.length) {
      const more = new Float64Array(2 * at);
      more.set(this.numbers);
      this.numbers = more;
    }
    this.count++;
    return at;
  }
}
