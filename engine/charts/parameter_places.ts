import { roundTicks } from "./value_axis.ts";

/** Where the values of a parameter lie on an axis of cells. */
export interface ParameterPlaces {
  /** How many cells there are. */
  count: number;
  /** The cell of a value. */
  at(value: number | string): number;
  /** What a cell holds: a value, or a range of them. */
  text(cell: number): string;
  /** Cells that may be labelled, the more of them the more there is room for. */
  labels(most: number): { cell: number; text: string }[];
}

/**
 * A cell for each value, smaller ones first and texts as they come; or, of more numbers than `most`, cells for
 * ranges of equal width, of whole ones where all are.
 */
export function parameterPlaces(
  values: readonly (number | string)[],
  most: number,
): ParameterPlaces {
  const distinct = [...new Set(values)];
  const numbers = distinct.filter((value) => typeof value === "number").sort((a, b) => a - b);
  if (numbers.length < distinct.length) return onePlaceEach(distinct, everySo);
  return distinct.length <= most ? onePlaceEach(numbers, roundOnes) : ranges(numbers, most);
}

function onePlaceEach<Value extends number | string>(
  values: readonly Value[],
  chosen: (values: readonly Value[], most: number) => number[],
): ParameterPlaces {
  const cells = new Map<number | string, number>(values.map((value, i) => [value, i]));
  const text = (cell: number) => `${values[cell]}`;
  return {
    count: values.length,
    at: (value) => cells.get(value)!,
    text,
    labels: (most) => chosen(values, most).map((cell) => ({ cell, text: text(cell) })),
  };
}

/** Every second, third, … cell. */
function everySo(values: readonly unknown[], most: number): number[] {
  const every = Math.ceil(values.length / most);
  return [...values.keys()].filter((cell) => cell % every === 0);
}

/** Cells of round values, if there are several of them; else every so many. */
function roundOnes(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values.keys()];
  const range = { low: values[0], high: values[values.length - 1] };
  for (let count = most; count >= 2; count--) {
    const round = new Set(roundTicks(range, count).values);
    const cells = [...values.keys()].filter((cell) => round.has(values[cell]));
    if (cells.length === round.size && cells.length >= 2 && cells.length <= most) return cells;
  }
  return everySo(values, most);
}

function ranges(numbers: readonly number[], most: number): ParameterPlaces {
  const low = numbers[0],
    high = numbers[numbers.length - 1],
    whole = numbers.every(Number.isInteger);
  const width = whole ? Math.ceil((high - low + 1) / most) : (high - low) / most;
  const count = whole ? Math.ceil((high - low + 1) / width) : most;
  const start = (cell: number) => Number((low + cell * width).toPrecision(4));
  const text = (cell: number) => {
    if (whole && width === 1) return `${low + cell}`;
    return whole
      ? `${low + cell * width} to ${Math.min(high, low + (cell + 1) * width - 1)}`
      : `${start(cell)} to ${start(cell + 1)}`;
  };
  const shown = (cell: number) => whole ? text(cell).split(" ")[0] : `${start(cell)}`;
  return {
    count,
    at: (value) => Math.min(count - 1, Math.floor((Number(value) - low) / width)),
    text,
    labels: (most) =>
      everySo(Array.from({ length: count }), most).map((cell) => ({ cell, text: shown(cell) })),
  };
}
