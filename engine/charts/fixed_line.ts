import type { Option } from "./option.ts";

/** A value of an axis of the drawing. */
type Place = { xAxis: number } | { yAxis: number };

/** How the line looks: 1.2 pixels thick, and whole unless it is dashed. */
interface Style {
  colour: string;
  dashed?: boolean;
}

/** A line across the whole drawing at one value of an axis, such as 0 or a mean, that nobody points at. */
export function fixedLine(place: Place, { colour, dashed = false }: Style): Option {
  return {
    type: "line",
    data: [],
    markLine: {
      silent: true,
      symbol: "none",
      data: [place],
      lineStyle: { color: colour, width: 1.2, type: dashed ? [4, 3] : "solid" },
      label: { show: false },
    },
  };
}
