import { neighbours } from "../research/overfitting/neighbourhood.ts";
import { betterWay, type SweepNumber } from "../research/sweep/numbers.ts";
import type { SweepResult } from "../research/sweep/sweep_result.ts";
import { type ParameterPlaces, parameterPlaces } from "./parameter_places.ts";

/** A cell of a map: its place, its number (NaN is unknown), and how many sets it is of. */
export interface Cell {
  x: number;
  y: number;
  value: number;
  sets: number;
}

/** The numbers of a search by two of its parameters. */
export interface ParameterCells {
  x: ParameterPlaces;
  y: ParameterPlaces;
  /** Those of which some set was tried. */
  cells: Cell[];
  /** Where the best set is, and those a step beside it. */
  best: Place;
  beside: Place[];
}

/** A place on the map. */
export type Place = Pick<Cell, "x" | "y">;

/** How the sets of a cell, which differ in other parameters, become one number. */
export const OVERS = ["median", "best"] as const;
export type Over = typeof OVERS[number];

/** What is put into cells, and how. */
export interface CellsOf {
  x: string;
  y: string;
  of: SweepNumber;
  over: Over;
  /** The most cells each way. */
  most: { x: number; y: number };
}

/** Few sets for many values leave most cells empty: then cells are of ranges. */
const LEAST_FILLED = 0.25, SETS_A_CELL = 3, LEAST_CELLS = 4;

/**
 * How many cells each way a search that left most combinations out has sets for, as one by chance does; Infinity for
 * any other.
 */
export function cellsForFew(found: SweepResult, x: string, y: string): number {
  const values = valuesOf(found, x, y);
  const places = new Set(values.x.map((value, i) => `${value}\n${values.y[i]}`)).size;
  const all = new Set(values.x).size * new Set(values.y).size;
  if (places >= LEAST_FILLED * all) return Infinity;
  return Math.max(LEAST_CELLS, Math.floor(Math.sqrt(places / SETS_A_CELL)));
}

/** Puts the sets of a search into cells. */
export function parameterCells(
  found: SweepResult,
  { x, y, of, over, most }: CellsOf,
): ParameterCells {
  const values = valuesOf(found, x, y);
  const across = parameterPlaces(values.x, most.x), up = parameterPlaces(values.y, most.y);
  const place = (set: number): Place => ({ x: across.at(values.x[set]), y: up.at(values.y[set]) });
  return {
    x: across,
    y: up,
    cells: cellsOf(found.column(of), betterWay(of), place, over),
    best: place(found.order[0]),
    beside: neighbours(found, found.order[0]).map(place),
  };
}

function valuesOf({ sets, length }: SweepResult, x: string, y: string) {
  const values: Record<"x" | "y", (number | string)[]> = { x: [], y: [] };
  for (let set = 0; set < length; set++) {
    const own = sets.at(set);
    values.x.push(own[x]);
    values.y.push(own[y]);
  }
  return values;
}

function cellsOf(
  numbers: Float64Array,
  way: 1 | -1,
  place: (set: number) => Place,
  over: Over,
): Cell[] {
  const places = Array.from(numbers, (_, set) => place(set));
  const together = Map.groupBy(places.keys(), (set) => `${places[set].x} ${places[set].y}`);
  return [...together.values()].map((sets) => {
    const known = sets.map((set) => numbers[set]).filter((value) => !Number.isNaN(value));
    return {
      ...places[sets[0]],
      value: oneOf(known.sort((a, b) => way * (a - b)), over),
      sets: sets.length,
    };
  });
}

/** Of numbers with the best one last. */
function oneOf(sorted: readonly number[], over: Over): number {
  if (sorted.length === 0) return NaN;
  if (over === "best") return sorted[sorted.length - 1];
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
