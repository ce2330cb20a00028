import type { Place } from "./parameter_cells.ts";

/** Where cells lie, in pixels; all are of one size. */
export interface CellGrid {
  left: number;
  top: number;
  width: number;
  height: number;
  cell: { width: number; height: number };
}

/** Left, top, width and height of a cell. */
export function boxOf({ x, y }: Place, { left, top, height, cell }: CellGrid) {
  return { x: left + x * cell.width, y: top + height - (y + 1) * cell.height, ...cell };
}
