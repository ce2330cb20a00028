/**
 * The known numbers of the last rows, sorted, in `state`: first how many there are, then themselves. Whoever has
 * one keeps `window + 1` doubles.
 */
export class SortedWindow {
  constructor(private readonly state: Float64Array) {}

  /** How many of the window's rows are known. */
  get known(): number {
    return this.state[0];
  }

  /** The number with `n` below it in order. */
  at(n: number): number {
    return this.state[1 + n];
  }

  /** Takes row `i` of `x` in, and row `i - window` out. */
  slide(x: Float64Array, i: number, window: number): void {
    const leaving = x[i - window], entering = x[i], { state } = this;
    if (leaving - leaving === 0) {
      const at = 1 + this.below(leaving);
      state.copyWithin(at, at + 1, 1 + state[0]--);
    }
    if (entering - entering !== 0) return;
    const at = 1 + this.below(entering);
    state.copyWithin(at + 1, at, 1 + state[0]++);
    state[at] = entering + 0;
  }

  /** How many are less than `value`. */
  below(value: number): number {
    let low = 0, high = this.state[0];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.state[1 + middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many are `value` or less. */
  upTo(value: number): number {
    let low = 0, high = this.state[0];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.state[1 + middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
