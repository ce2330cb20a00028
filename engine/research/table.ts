import { isPlainObject } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { columnsToFrame } from "../market/frame.ts";

type Frame = Awaited<ReturnType<typeof columnsToFrame>>;

/** Rows of a result; `frame()` gives them as a danfo DataFrame. */
export class Table<Row extends object> implements Iterable<Row> {
  constructor(readonly rows: readonly Row[]) {
    if (Array.isArray(rows)) return;
    throw new InputError(`A Table needs a list of rows, but is given ${describeValue(rows)}`);
  }

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

  /** One column, in place. Throws an `InputError` if there is none of that name. */
  column(name: Name): Float64Array {
    if (Object.hasOwn(this.columns, name)) return this.columns[name];
    const names = Object.keys(this.columns), hint = didYouMean(String(name), names) || ".";
    throw new InputError(`There is no column "${name}"${hint} There are ${names.join(", ")}`);
  }

  frame(): Promise<Frame> {
    return columnsToFrame(this.columns);
  }
}

/** A row with the fields of its fields in their place; null is what is missing. */
export function flatRow(row: object): Record<string, string | number | null> {
  const cells = Object.entries(row).flatMap(([name, value]) =>
    isPlainObject(value) ? Object.entries(flatRow(value)) : [[name, value]]
  );
  return Object.fromEntries(cells);
}
