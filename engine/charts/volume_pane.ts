import { type Bar, middle } from "./group_candles.ts";
import type { Option } from "./option.ts";
import type { Pane } from "./pane.ts";
import { numbersLike } from "./number_text.ts";
import { type Shown, titled } from "./shown.ts";
import { decimalsFor, magnitude } from "./value_axis.ts";

/** The volume of each bar, in the colour of its candle. */
export function volumePane({ bars: { bars }, look, base }: Shown): Pane {
  const most = Math.max(...bars.map(({ volume }) => volume)) || 1;
  const { divisor, suffix } = magnitude(most);
  const [rising, falling] = [bars.filter(rises), bars.filter((bar) => !rises(bar))];
  return {
    title: titled("Volume", base),
    weight: 1.8,
    series: [
      volumeSeries("Volume, rising", rising, look.up, divisor),
      volumeSeries("Volume, falling", falling, look.down, divisor),
    ],
    legend: [],
    fromZero: true,
    readings: [{
      name: "volume",
      colour: look.muted,
      time: bars.map(({ time }) => time),
      values: bars.map(({ volume }) => volume),
      write: numbersLike([most]),
    }],
    range: { low: 0, high: 1.08 * most / divisor },
    format: (step) => ({ format: "number", decimals: decimalsFor(step), suffix, zero: "0" }),
  };
}

function rises({ open, close }: Bar): boolean {
  return close >= open;
}

function volumeSeries(name: string, bars: Bar[], colour: string, divisor: number): Option {
  return {
    type: "bar",
    name,
    data: bars.map((bar) => [middle(bar), bar.volume / divisor]),
    barWidth: "66%",
    barGap: "-100%",
    itemStyle: { color: colour, opacity: 0.75 },
    silent: true,
  };
}
