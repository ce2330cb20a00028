import { axisLabel, type AxisPlace, PIXELS_PER_LABEL } from "./axes.ts";
import type { Option } from "./option.ts";
import { plainNumbers, roundTicks } from "./value_axis.ts";

/** An axis of what is counted, such as trades, in the place of time: [from, to]. */
export function countAxis(from: number, to: number, place: AxisPlace): Option {
  const { index, last, width, interactive, look } = place;
  const { values, step } = roundTicks({ low: from, high: to }, width / PIXELS_PER_LABEL);
  const whole = values.filter(Number.isInteger),
    places = interactive ? {} : { customValues: whole };
  return {
    type: "value",
    gridIndex: index,
    min: from,
    max: to,
    containShape: false,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.axis } },
    axisTick: { show: last, length: 4, lineStyle: { color: look.axis }, ...places },
    splitLine: { show: true, lineStyle: { color: look.grid } },
    axisLabel: {
      ...axisLabel(look),
      show: last,
      formatter: plainNumbers(Math.ceil(step)),
      hideOverlap: true,
      ...places,
    },
    axisPointer: { snap: false, label: { show: false } },
  };
}
