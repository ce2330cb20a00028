import { fixedLine } from "./fixed_line.ts";
import type { Option } from "./option.ts";

/** A line across the whole drawing where an axis is 0. */
export function zeroLine(axis: "xAxis" | "yAxis", colour: string): Option {
  const place = axis === "xAxis" ? { xAxis: 0 } : { yAxis: 0 };
  return { ...fixedLine(place, { colour }), name: "Zero" };
}
