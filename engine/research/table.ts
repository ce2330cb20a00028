import { isPlainObject } from "../market/check_options.ts";
import { describeValue } from "../market/describe_value.ts";
import { didYouMean } from "../market/did_you_mean.ts";
import { InputError } from "../market/errors.ts";
import { columnsToFrame } from "../market/frame.ts";

type Frame = Awaited<ReturnType<typeof columnsToFrame>>;

/** Rows that are made when they are read. */
export interface Rows<Row> {
  readonly length: number;
  readonly rows: readonly Row[];
}

/** Whether it has rows to give, without having them made. */
function isRows<Row>(given: readonly Row[] | Rows<Row>): given is Rows<Row> {
  return typeof given === "object" && given !== null && "rows" in given;
}

/** Rows of a result; `frame()` gives them as a danfo DataFrame. */
export class Table<Row extends object> implements Rows<Row>, Iterable<Row> {
  constructor(private readonly given: readonly Row[] | Rows<Row>) {
    if (Array.isArray(given) || isRows(given)) return;
    throw new InputError(`A Table needs a list of rows, but is given ${describeValue(given)}`);
  }

  get rows(): readonly Row[] {
    return isRows(this.given) ? this.given.rows : this.given;
  }

  get length(): number {
    return this.given.length;
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.rows[Symbol.iterator]();
  }

  /** The rows as a danfo DataFrame, with the columns of `tableColumns`. */
  frame(): Promise<Frame> {
    const columns = tableColumns(this.rows).map(({ name, values }) => [
      name,
      values.map((value) => value ?? NaN),
    ]);
    return columnsToFrame(Object.fromEntries(columns));
  }
}

/** Columns of a result; `frame()` gives them as a danfo DataFrame. */
export class Columns<Name extends string> {
  constructor(readonly columns: Readonly<Record<Name, Float64Array>>) {}

  get length(): number {
    // What only some read is made when it is read.
    return this.columns[Object.keys(this.columns)[0] as Name].length;
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

/** A cell of a table; null or undefined is what is missing. */
type Cell = string | number | boolean | null | undefined;

/** A column of rows. */
interface TableColumn {
  name: string;
  values: Cell[];
}

/**
 * Rows as columns, one a field. A field of fields gives one column each, called by the inner field
 * alone unless another is called so: a strategy may well name a series `price`, and a signal has a
 * price of its own. Such a one is `values.price`.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * const columns = tableColumns([{ price: 1, values: { price: 2, quick: 3 } }]);
 * assert.deepEqual(columns.map(({ name }) => name), ["price", "values.price", "quick"]);
 * ```
 */
export function tableColumns(rows: readonly object[]): TableColumn[] {
  const cells = rows.map((row) => new Map(cellsOf(row)));
  const whole = [...new Set(cells.flatMap((row) => [...row.keys()]))];
  const shortOf = (name: string) => name.slice(name.lastIndexOf(INSIDE) + 1);
  const namesakes = Map.groupBy(whole, shortOf);
  return whole.map((name) => ({
    name: namesakes.get(shortOf(name))!.length === 1 ? shortOf(name) : name.replaceAll(INSIDE, "."),
    values: cells.map((row) => row.get(name)),
  }));
}

/** Between the names of a field and of a field in it: no name has it. */
const INSIDE = "\n";

function cellsOf(row: object): [name: string, value: Cell][] {
  return Object.entries(row).flatMap(([name, value]): [string, Cell][] =>
    isPlainObject(value)
      ? cellsOf(value).map(([inner, cell]) => [`${name}${INSIDE}${inner}`, cell])
      : [[name, value]]
  );
}
