import { type Look, TEXT } from "./look.ts";
import type { Option } from "./option.ts";
import { textWidth } from "./text_width.ts";
import { words } from "./words.ts";

/** How a thing in a legend is drawn. */
export type Sign =
  | "line"
  | "dashed"
  | "dotted"
  | "band"
  | "bar"
  | "dot"
  | "diamond"
  | "hollow"
  | "up"
  | "down"
  | "ring"
  | "frame"
  | "dashedFrame";

/** A thing that a pane shows. */
export interface LegendItem {
  label: string;
  colour: string;
  sign: Sign;
}

/** Lengths of a line's dashes and of what is between them, in pixels. */
export const DASHES = { line: null, dashed: [4, 3], dotted: [1.5, 3] } as const;

const SIGN_WIDTH = 13, SIGN_GAP = 5, ITEM_GAP = 16;

/** How many pixels an item takes, with what separates it from the next. */
export function legendWidth({ label }: LegendItem): number {
  return SIGN_WIDTH + SIGN_GAP + textWidth(label, TEXT.small) + ITEM_GAP;
}

/** Signs with their names, side by side from `x` on; `y` is the middle. */
export function legend(items: readonly LegendItem[], x: number, y: number, look: Look): Option[] {
  const style = { colour: look.muted, size: TEXT.small };
  return items.flatMap((item) => {
    const left = x;
    x += legendWidth(item);
    return [
      drawSign(item.sign, left, y, item.colour),
      words(item.label, left + SIGN_WIDTH + SIGN_GAP, y, style),
    ];
  });
}

/** A sign at `x`; `y` is the middle. */
export function drawSign(sign: Sign, x: number, y: number, colour: string): Option {
  const middle = x + SIGN_WIDTH / 2, fill = { fill: colour };
  const shape = (type: string, shape: Option, style: Option): Option => ({
    type,
    silent: true,
    shape,
    style,
  });
  const corner = (dx: number, dy: number) => [middle + dx, y + dy];
  switch (sign) {
    case "line":
    case "dashed":
    case "dotted":
      return shape("line", { x1: x, y1: y, x2: x + SIGN_WIDTH, y2: y }, {
        stroke: colour,
        lineWidth: 2,
        lineDash: DASHES[sign],
      });
    case "band":
    case "bar":
      return shape("rect", { x, y: y - 5, width: SIGN_WIDTH, height: 10, r: 2 }, {
        ...fill,
        opacity: sign === "bar" ? 0.85 : 0.3,
      });
    case "dot":
      return shape("circle", { cx: middle, cy: y, r: 4 }, fill);
    case "diamond":
    case "hollow":
      return shape(
        "polygon",
        { points: [corner(0, -5), corner(4.5, 0), corner(0, 5), corner(-4.5, 0)] },
        sign === "diamond" ? fill : { fill: "none", stroke: colour, lineWidth: 1.5 },
      );
    case "ring":
      return shape("circle", { cx: middle, cy: y, r: 3.5 }, {
        fill: "none",
        stroke: colour,
        lineWidth: 1.5,
      });
    case "frame":
    case "dashedFrame":
      return shape("rect", { x: x + 1, y: y - 5, width: SIGN_WIDTH - 2, height: 10 }, {
        fill: "none",
        stroke: colour,
        lineWidth: sign === "frame" ? 2 : 1.2,
        lineDash: sign === "frame" ? null : [3, 2],
      });
    case "up":
      return shape("polygon", { points: [corner(-5, 4), corner(5, 4), corner(0, -5)] }, fill);
    case "down":
      return shape("polygon", { points: [corner(-5, -4), corner(5, -4), corner(0, 5)] }, fill);
  }
}
