import * as library from "technicalindicators";

/** An indicator of the library at work: it takes one row at a time, and hides what it remembers. */
export interface HiddenState {
  nextValue(...row: unknown[]): unknown;
}

/** The candles that a pattern is looked for in, oldest first. */
export type PatternRows = Record<"open" | "high" | "low" | "close", number[]>;

const classes = library as unknown as Record<string, new (settings: unknown) => HiddenState>;
const patterns = library as unknown as Record<string, (rows: PatternRows) => boolean>;

/** A new indicator, which has seen no row. */
export function beginIndicator(
  name: string,
  inputs: readonly string[],
  settings: Readonly<Record<string, number>>,
): HiddenState {
  const noRows = Object.fromEntries(inputs.map((input) => [input, []]));
  return new classes[name]({ ...settings, ...noRows });
}

/** Whether the newest of the rows completes a pattern. */
export function hasPattern(name: string, rows: PatternRows): boolean {
  return patterns[name](rows);
}

interface List {
  _head?: { prev?: unknown };
  shift(): unknown;
}

/**
 * The library's windows are linked lists whose first item goes on pointing at the one that left, so
 * that every row ever seen stays in memory (64 bytes a row and window). Nothing reads what lies before
 * the first item, so cutting it off changes no number.
 */
function freeRowsThatLeave(): void {
  const list: List = Object.getPrototypeOf(library.FixedSizeLinkedList.prototype);
  const { shift } = list;
  list.shift = function (this: List) {
    const left = shift.call(this);
    if (this._head) this._head.prev = undefined;
    return left;
  };
}

freeRowsThatLeave();
