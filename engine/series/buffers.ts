/**
 * The columns of one timeframe, row beside row. The newest rows lie at [begin, end), behind the
 * history that kernels read; when the columns are full, the history moves to their front. Each column
 * keeps as much history as its readers may read, and no more.
 */
export class Buffers {
  begin: number;
  end: number;
  private readonly kept: { column: Float64Array; rows: number }[] = [];

  /** `history` is the most that a column keeps, `chunk` the most rows that come at once. */
  constructor(private readonly history: number, private readonly chunk: number) {
    this.begin = this.end = history;
  }

  /** Rows that a column holds: the fewer, the better they fit into the cache, the more often the history moves. */
  get capacity(): number {
    return this.history + Math.max(this.history, this.chunk);
  }

  /** A column whose last `rows` rows are kept; what lies before the first row is unknown. */
  column(rows: number): Float64Array {
    const column = new Float64Array(this.capacity).fill(NaN, 0, this.history);
    this.kept.push({ column, rows });
    return column;
  }

  /** A column that holds `value` on every row. */
  constant(value: number): Float64Array {
    return new Float64Array(this.capacity).fill(value);
  }

  /** Makes room for `count` rows behind those that are there, which become history. */
  reserve(count: number): void {
    if (this.end + count > this.capacity) {
      for (const { column, rows } of this.kept) {
        column.copyWithin(this.history - rows, this.end - rows, this.end);
      }
      this.end = this.history;
    }
    this.begin = this.end;
  }

  /** Doubles that `save` writes. */
  get size(): number {
    return this.kept.reduce((size, { rows }) => size + rows, 0);
  }

  /** Copies the history into `target`; returns where it ended. */
  save(target: Float64Array, at: number): number {
    for (const { column, rows } of this.kept) {
      target.set(column.subarray(this.end - rows, this.end), at);
      at += rows;
    }
    return at;
  }

  /** Takes over what `save` wrote; returns where it ended. */
  restore(source: Float64Array, at: number): number {
    this.begin = this.end = this.history;
    for (const { column, rows } of this.kept) {
      column.set(source.subarray(at, at += rows), this.history - rows);
    }
    return at;
  }

  /** Writes `value` over every row that no kernel may read any more, or yet. */
  poison(value: number): void {
    for (const { column, rows } of this.kept) {
      column.fill(value, 0, this.end - rows);
      column.fill(value, this.end);
    }
  }
}
