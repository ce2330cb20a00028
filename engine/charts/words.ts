import { FONTS, TEXT } from "./look.ts";
import type { Option } from "./option.ts";

/** How a text is set. */
export interface TextStyle {
  colour: string;
  size?: number;
  bold?: boolean;
  align?: "left" | "right" | "center";
}

/** A text at a point: the middle of its height, and its left, right or centre. */
export function words(text: string, x: number, y: number, style: TextStyle): Option {
  const { colour, size = TEXT.normal, bold = false, align = "left" } = style;
  return {
    type: "text",
    silent: true,
    x,
    y,
    style: {
      text,
      fill: colour,
      fontFamily: FONTS,
      fontSize: size,
      fontWeight: bold ? 600 : 400,
      align,
      verticalAlign: "middle",
    },
  };
}
