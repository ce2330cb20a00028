/** Rows of the first block and of the largest; each is twice as long as the one before it. */
const FIRST = 32, MOST = 4096;

/** A list of rows of so many numbers each. A row costs no object, and is never moved. */
export class NumberRows {
  /** The block that the newest row is in. */
  numbers: Float64Array;
  length = 0;
  private readonly blocks: Float64Array[];
  /** Where the numbers of the newest block end. */
  private end = 0;

  constructor(readonly width: number) {
    this.numbers = new Float64Array(FIRST * width);
    this.blocks = [this.numbers];
  }

  /** Adds a row; returns where its numbers are to be written in `numbers`. */
  add(): number {
    if (this.end === this.numbers.length) this.grow();
    const at = this.end;
    this.end += this.width;
    this.length++;
    return at;
  }

  /** Where the newest row is in `numbers`; negative if there is none. */
  get newest(): number {
    return this.end - this.width;
  }

  /** Takes the newest row away. */
  drop(): void {
    this.end -= this.width;
    this.length--;
    if (this.end > 0 || this.length === 0) return;
    this.blocks.pop();
    this.numbers = this.blocks[this.blocks.length - 1];
    this.end = this.numbers.length;
  }

  /** Visits the rows from the `first` on: the numbers of each begin at `at`. */
  each(visit: (numbers: Float64Array, at: number) => void, first = 0): void {
    let row = 0;
    for (const block of this.blocks) {
      const end = block === this.numbers ? this.end : block.length;
      for (let at = 0; at < end; at += this.width) if (row++ >= first) visit(block, at);
    }
  }

  private grow(): void {
    const rows = Math.min(MOST, 2 * this.numbers.length / this.width);
    this.numbers = new Float64Array(rows * this.width);
    this.blocks.push(this.numbers);
    this.end = 0;
  }
}
