import { drawSign, type Sign } from "./legend.ts";
import { type Look, TEXT } from "./look.ts";
import { MARGIN } from "./margin.ts";
import type { Option } from "./option.ts";
import { tooSmall } from "./picture_options.ts";
import { fittedBetween, textWidth } from "./text_width.ts";
import { words } from "./words.ts";

/** A table whose rows also say what the lines below it are. */
export interface TextTable {
  columns: readonly string[];
  rows: readonly { name: string; colour: string; sign: Sign; cells: readonly string[] }[];
}

/** A part of a picture between its heading and its panes. */
export interface Block {
  height: number;
  /** Its elements when it begins at `top`. */
  elements(top: number): Option[];
}

const LEFT = MARGIN.left, SIGN = 20, LINE = 20, BETWEEN = 24, RULE = 12, LEAST_NAME = 120;

/** A table, its numbers flush right. */
export function tableBlock({ columns, rows }: TextTable, width: number, look: Look): Block {
  const widths = columns.map((column, i) =>
    Math.max(
      ...[column, ...rows.map(({ cells }) => cells[i])].map((it) => textWidth(it, TEXT.normal)),
    )
  );
  const room = width - 2 * LEFT - SIGN - widths.reduce((sum, w) => sum + w + BETWEEN, 0);
  if (room < LEAST_NAME) throw tooSmall("width", width, width - room + LEAST_NAME);
  const names = Math.max(...rows.map(({ name }) => textWidth(name, TEXT.normal)));
  let right = LEFT + SIGN + Math.min(names, room);
  const rights = widths.map((w) => right += w + BETWEEN);
  return {
    height: LINE * rows.length + LINE + RULE,
    elements: (top) => [
      ...columns.map((column, i) =>
        words(column, rights[i], top + LINE / 2, {
          colour: look.muted,
          size: TEXT.small,
          align: "right",
        })
      ),
      ...rows.flatMap(({ name, colour, sign, cells }, row) => {
        const y = top + LINE * (row + 1.5), style = { colour: look.text };
        return [
          drawSign(sign, LEFT, y, colour),
          words(fittedBetween(name, TEXT.normal, room), LEFT + SIGN, y, style),
          ...cells.map((cell, i) =>
            words(cell, rights[i], y, { ...style, align: "right" as const })
          ),
        ];
      }),
    ],
  };
}

/** A table as text. */
export function tableText({ columns, rows }: TextTable): string {
  const lines = [["", ...columns], ...rows.map(({ name, cells }) => [name, ...cells])];
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) =>
    line.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
      .trimEnd()
  ).join("\n");
}
