import { axisLabel } from "./axes.ts";
import type { Look } from "./look.ts";
import type { NumberFormat, Option } from "./option.ts";
import type { Range } from "./pane.ts";
import type { Box } from "./two_boxes.ts";
import { roundTicks } from "./value_axis.ts";

const PIXELS_PER_LABEL = 70, PIXELS_PER_TICK = 40;

/** An axis of one of several boxes: below it, or on its right. */
export function boxAxis(
  range: Range,
  box: Box,
  { position, index, format, look }: {
    position: "bottom" | "right";
    index: number;
    format: (step: number) => NumberFormat;
    look: Look;
  },
): Option {
  const isBelow = position === "bottom";
  const count = isBelow ? box.width / PIXELS_PER_LABEL : box.height / PIXELS_PER_TICK;
  const { values, step } = roundTicks(range, Math.max(2, Math.floor(count)));
  return {
    type: "value",
    gridIndex: index,
    position,
    min: range.low,
    max: range.high,
    containShape: false,
    axisLine: { show: isBelow, onZero: false, lineStyle: { color: look.axis } },
    axisTick: { show: isBelow, length: 4, lineStyle: { color: look.axis }, customValues: values },
    splitLine: { show: true, lineStyle: { color: look.grid } },
    axisLabel: { ...axisLabel(look), formatter: format(step), customValues: values },
  };
}
