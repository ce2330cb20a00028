import type { CellGrid } from "./cell_grid.ts";
import { type Look, TEXT } from "./look.ts";
import type { Option } from "./option.ts";
import type { ParameterCells } from "./parameter_cells.ts";
import { fittedBetween, textWidth } from "./text_width.ts";
import { words } from "./words.ts";

const LINE = 18, BETWEEN = 14, ROOM = 68;

/** The values of parameters at the cells of a map: as many as there is room for. */
export function mapAxes({ x, y }: ParameterCells, grid: CellGrid, look: Look): Option[] {
  const { left, top, width, height, cell } = grid;
  const style = { colour: look.muted, size: TEXT.small };
  const widths = Array.from({ length: x.count }, (_, i) => textWidth(x.text(i), TEXT.small));
  const across = Math.max(1, Math.floor(width / (Math.max(...widths) + BETWEEN)));
  const up = Math.max(1, Math.floor(height / LINE));
  return [
    ...x.labels(across).map(({ cell: at, text }) =>
      words(text, left + (at + 0.5) * cell.width, top + height + 14, { ...style, align: "center" })
    ),
    ...y.labels(up).map(({ cell: at, text }) =>
      words(
        fittedBetween(text, TEXT.small, ROOM),
        left - 8,
        top + height - (at + 0.5) * cell.height,
        { ...style, align: "right" },
      )
    ),
  ];
}
