/** A column of which a reader is told the value at some time. */
export interface Reading {
  name: string;
  colour: string;
  /** Ascending times (UTC milliseconds), and the value from each on. */
  time: ArrayLike<number>;
  values: ArrayLike<number>;
  write(value: number): string;
  /** Whether a value belongs to its moment only, as a trade does, and is not told of later ones. */
  once?: boolean;
}

/** Stretches of time (from, to] in UTC milliseconds, ascending: what a reader can point at. */
export interface Moments {
  /** What is counted, such as `trades`, where it is no time. */
  counted?: string;
  from: readonly number[];
  to: readonly number[];
}
