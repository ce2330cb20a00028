import { InputError } from "../../market/errors.ts";

/**
 * Returns of several strategies over the same periods: `columns[n][t]` is what strategy `n` earned in
 * period `t`, as a fraction.
 */
export interface ReturnMatrix {
  readonly columns: readonly Float64Array[];
  readonly periods: number;
}

/** A matrix of columns of one length; a column that ended in ruin earns 0 from then on. */
export function returnMatrix(columns: readonly Float64Array[]): ReturnMatrix {
  if (columns.length === 0) throw new InputError("A matrix of returns needs at least one strategy");
  const periods = Math.max(...columns.map(({ length }) => length));
  const whole = columns.map((column) => {
    if (column.length === periods) return column;
    const filled = new Float64Array(periods);
    filled.set(column);
    return filled;
  });
  return { columns: whole, periods };
}
