/** Rows of a block: few enough for most of them to lie on one side of a line, enough to be worth a look. */
export const BLOCK_ROWS = 16;

/**
 * The lowest and highest value of each block of a chunk's rows, so that who looks for a row needs not look at all of them. An
 * unknown is neither; of a block of unknowns the lowest is Infinity and the highest -Infinity.
 */
export class BlockRanges {
  readonly low: Float64Array;
  readonly high: Float64Array;

  /** For chunks of at most so many rows. */
  constructor(chunk: number) {
    this.low = new Float64Array(Math.ceil(chunk / BLOCK_ROWS));
    this.high = new Float64Array(this.low.length);
  }

  /** Takes the rows [from, to) of a column: block 0 begins at `from`. */
  find(column: Float64Array, from: number, to: number): void {
    const { low, high } = this;
    for (let begin = from, block = 0; begin < to; begin += BLOCK_ROWS, block++) {
      const end = begin + BLOCK_ROWS < to ? begin + BLOCK_ROWS : to;
      let least = Infinity, most = -Infinity;
      for (let i = begin; i < end; i++) {
        const value = column[i];
        if (value < least) least = value;
        if (value > most) most = value;
      }
      low[block] = least;
      high[block] = most;
    }
  }
}
