import type { Fill, PositionSide } from "../account/ledger.ts";
import { priceWriter } from "./candle_readings.ts";
import type { LegendItem } from "./legend.ts";
import type { Look } from "./look.ts";
import type { Option } from "./option.ts";
import type { Reading } from "./reading.ts";
import type { Shown } from "./shown.ts";

/** How a position was made larger or smaller between its entry and its exit. */
const RESIZES = ["added", "part closed"] as const;
type Resize = typeof RESIZES[number];

/** A fill that neither opened a position nor closed it. */
interface Resized {
  what: Resize;
  side: PositionSide;
  time: number;
  price: number;
}

/** More of them would hide the candles. */
const MOST_MARKED = 240;

/**
 * Additions to positions and partial exits, at the prices of their fills: full diamonds and hollow ones,
 * in the colour of their side.
 */
export function resizeMarks(
  fills: readonly Fill[],
  shown: Shown,
): { series: Option[]; legend: LegendItem[]; readings: Reading[] } {
  const { look, from, to } = shown;
  const all = resizesOf(fills).filter(({ time }) => time >= from && time <= to);
  if (all.length > MOST_MARKED) return { series: [], legend: [], readings: [] };
  const groups = RESIZES.flatMap((what) =>
    (["long", "short"] as const).map((side) => ({
      what,
      side,
      own: all.filter((one) => one.what === what && one.side === side),
    }))
  ).filter(({ own }) => own.length > 0);
  return {
    series: groups.map(({ what, side, own }) => marks(what, side, own, look)),
    legend: groups.map(({ what, side }) => ({
      label: what === "added" ? `added to ${side}` : `part of ${side} closed`,
      colour: look[side],
      sign: what === "added" ? "diamond" : "hollow",
    })),
    readings: groups.map(({ what, side, own }) => ({
      name: `${side} ${what} at`,
      colour: look[side],
      time: own.map(({ time }) => time),
      values: own.map(({ price }) => price),
      write: priceWriter(shown.candles),
      once: true,
    })),
  };
}

function resizesOf(fills: readonly Fill[]): Resized[] {
  let before = 0;
  return fills.flatMap(({ reason, position, time, price }): Resized[] => {
    const held = before, side = position > 0 ? "long" as const : "short" as const;
    before = position;
    if (reason === "entry") return held === 0 ? [] : [{ what: "added", side, time, price }];
    return position === 0 ? [] : [{ what: "part closed", side, time, price }];
  });
}

function marks(what: Resize, side: PositionSide, own: readonly Resized[], look: Look): Option {
  const colour = look[side];
  const style = what === "added"
    ? { color: colour, borderColor: look.background, borderWidth: 1 }
    : { color: look.background, borderColor: colour, borderWidth: 1.5 };
  return {
    type: "scatter",
    name: `${side} ${what}`,
    data: own.map(({ time, price }) => [time, price]),
    silent: true,
    z: 5,
    clip: true,
    symbol: "diamond",
    symbolSize: 9,
    itemStyle: { ...style, opacity: 1 },
  };
}
