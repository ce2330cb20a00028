import type { WalkForward, WalkForwardWindow } from "../search/walk_forward_result.ts";
import { valueText } from "./captions.ts";
import { readableOn } from "./colour.ts";
import { signed } from "./key_numbers.ts";
import { FONTS, type Look, TEXT } from "./look.ts";
import type { Option } from "./option.ts";
import type { Pane } from "./pane.ts";
import { textWidth } from "./text_width.ts";

/** How windows are drawn: pixels a millisecond, and the colours. */
interface Drawing {
  perMs: number;
  look: Look;
}

/** From so many windows on there is no room for what they say. */
const MOST_TOLD = 26, BESIDE = 8;

/** A lane for each window, the first on top: where its set was chosen, and behind it where that was tried. */
export function windowsPane(
  { folds }: WalkForward,
  { perMs, look }: Drawing,
): Omit<Pane, "weight"> {
  const names = changing(folds);
  const spans = folds.flatMap((fold, i) => {
    const lane = folds.length - 1 - i, { trainFrom, trainTo, testFrom, testTo } = fold;
    const set = names.map((name) => valueText(name, fold.params[name])).join(", ");
    const earned = signed(fold.inSample.totalReturn);
    const said = (texts: string[], from: number, to: number) =>
      folds.length > MOST_TOLD ? "" : fitting(texts, (to - from) * perMs);
    const colour = fold.totalReturn < 0 ? look.short : look.long;
    return [
      span("In sample", trainFrom, trainTo, lane, look.grid, [
        said([`${set}: ${earned}`, set, earned], trainFrom, trainTo),
        look.text,
      ]),
      span("Out of sample", testFrom, testTo, lane, colour, [
        said([signed(fold.totalReturn)], testFrom, testTo),
        readableOn(colour, [look.text, look.background]),
      ]),
    ];
  });
  return {
    title: "Windows and their returns",
    series: [{ type: "line", name: "Windows", data: [], markArea: { silent: true, data: spans } }],
    legend: [
      { label: "in sample, chosen there", colour: look.hold, sign: "band" },
      { label: "out of sample: earned", colour: look.long, sign: "bar" },
      { label: "lost", colour: look.short, sign: "bar" },
    ],
    range: { low: 0, high: folds.length },
    readings: [],
  };
}

/** The parameters of which not all windows have the same value; all of them if there is none. */
function changing(folds: readonly WalkForwardWindow[]): string[] {
  const [{ params }] = folds, names = Object.keys(params);
  const differ = names.filter((name) => folds.some((fold) => fold.params[name] !== params[name]));
  return differ.length > 0 ? differ : names;
}

/** The first of some texts that fits into so many pixels; none if none does. */
function fitting(texts: readonly string[], room: number): string {
  return texts.find((text) => textWidth(text, TEXT.small) + BESIDE <= room) ?? "";
}

function span(
  name: string,
  from: number,
  to: number,
  lane: number,
  fill: string,
  [text, colour]: readonly [text: string, colour: string],
): readonly [Option, Option] {
  const label = {
    show: text !== "",
    position: "inside",
    formatter: text,
    color: colour,
    fontSize: TEXT.small,
    fontFamily: FONTS,
  };
  const begin = {
    name,
    xAxis: from,
    yAxis: lane + 0.08,
    itemStyle: { color: fill, opacity: 1 },
    label,
  };
  return [begin, { xAxis: to, yAxis: lane + 0.92 }];
}
