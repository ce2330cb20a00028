import { NumberRows } from "../account/number_rows.ts";

/** How what happens is kept as numbers: `read` gives what `write` was given. */
export interface RecordKind<Given, Row = Given> {
  /** Numbers that one takes. */
  width: number;
  /** Writes one from `at` on; `row` is the row of the signals. */
  write(given: Given, numbers: Float64Array, at: number, row: number): void;
  read(numbers: Float64Array, at: number): Row;
}

/**
 * What happened in a run, in order. It is kept as numbers, and made into objects when it is read: most
 * of what a search runs is never looked at, and objects that stay cost more than all the rest.
 */
export class Records<Given, Row = Given> {
  private readonly kept: NumberRows;
  private readonly made: Row[] = [];

  constructor(private readonly kind: RecordKind<Given, Row>) {
    this.kept = new NumberRows(kind.width);
  }

  add(given: Given, row = 0): void {
    const { kept } = this, at = kept.add();
    this.kind.write(given, kept.numbers, at, row);
  }

  get length(): number {
    return this.kept.length;
  }

  /** All of them. */
  get rows(): Row[] {
    const { kind, kept, made } = this;
    kept.each((numbers, at) => made.push(kind.read(numbers, at)), made.length);
    return made;
  }
}
