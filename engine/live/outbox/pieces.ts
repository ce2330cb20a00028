/** Rows that are given to the store at once, at most. */
const MOST = 2_000;

/**
 * Rows that are stored piece by piece, so that no call takes long: what takes too long fails, and would
 * fail whenever it is tried again. A piece that failed is tried in half the size; what is stored is let
 * go, and a second try goes on behind it.
 */
export class Pieces<T> {
  /** `size` is how many are given at once to begin with. */
  constructor(private readonly rows: T[] = [], public size = MOST) {}

  get length(): number {
    return this.rows.length;
  }

  add(rows: Iterable<T>): void {
    for (const row of rows) this.rows.push(row);
  }

  /** Stores the rows in order. Throws what `store` throws, with the rows that are left still here. */
  async store(store: (piece: T[]) => Promise<void>): Promise<void> {
    while (this.rows.length > 0) {
      const piece = this.rows.slice(0, this.size);
      try {
        await store(piece);
      } catch (error) {
        this.size = Math.ceil(piece.length / 2);
        throw error;
      }
      this.rows.splice(0, piece.length);
      this.size = Math.min(2 * this.size, MOST);
    }
  }
}
