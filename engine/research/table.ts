import { columnsToFrame } from "../market/frame.ts";

type Frame = Awaited<ReturnType<typeof columnsToFrame>>;

/** Rows of a result; `frame()` gives them as a danfo DataFrame. */
export class Table<Row extends object> implements Iterable<Row> {
  constructor(readonly rows: readonly Row[]) {}

  get length(): number {
    return this.rows.length;
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.rows[Symbol.iterator]();
  }

  /** The rows as a danfo DataFrame, one column a field; a field of fields gives one column each. */
  frame(): Promise<Frame> {
    const flat = this.rows.map(flatRow);
    const names = [...new Set(flat.flatMap((row) => Object.keys(row)))];
    const columns = names.map((name) => [name, flat.map((row) => row[name] ?? NaN)]);
    return columnsToFrame(Object.fromEntries(columns));
  }
}

/** Columns of a result; `frame()` gives them as a danfo DataFrame. */
export class Columns<Name extends string> {
  constructor(readonly columns: Readonly<Record<Name, Float64Array>>) {}

  get length(): number {
    return (Object.values(this.columns)[0] as Float64Array).length;
  }

  /** One column, in place. */
  column(name: Name): Float64Array {
    return this.columns[name];
  }

  frame(): Promise<Frame> {
    return columnsToFrame(this.columns);
  }
}

/** A row with the fields of its fields in their place. */
export function flatRow(row: object): Record<string, string | number> {
  const cells = Object.entries(row).flatMap(([name, value]) =>
    typeof value === "object" ? Object.entries(flatRow(value)) : [[name, value]]
  );
  return Object.fromEntries(cells);
}
