import type { ClosedTrade, OpenTrade, PositionSide } from "../account/ledger.ts";
import { priceWriter } from "./candle_readings.ts";
import { DASHES, type LegendItem } from "./legend.ts";
import type { Look } from "./look.ts";
import type { Option, OptionValue } from "./option.ts";
import type { Reading } from "./reading.ts";
import { percentText } from "./number_text.ts";
import type { Shown } from "./shown.ts";
import { outcomeOf, outcomesOf, outcomeStyle } from "./trade_outcome.ts";

/** With more trades than this in view, marks would hide the candles: they are drawn as ticks. */
export const MOST_MARKED = 60;

/** Trades that overlap what is shown. */
export function tradesIn(trades: readonly ClosedTrade[], { from, to }: Shown): ClosedTrade[] {
  return trades.filter(({ entryTime, exitTime }) => exitTime >= from && entryTime <= to);
}

/** Whether a position that the last candle left open overlaps what is shown. */
export function isOpenIn(open: OpenTrade | undefined, { to }: Shown): open is OpenTrade {
  return open !== undefined && open.entryTime <= to;
}

/**
 * Entries and exits at the prices of their fills, joined by a line: solid for a trade that won, dashed
 * for one that lost. An open one has a dotted line to the last close, at which it is marked. Sides
 * differ by shape and colour.
 */
export function tradeMarks(
  all: readonly ClosedTrade[],
  open: OpenTrade | undefined,
  shown: Shown,
): { series: Option[]; legend: LegendItem[]; readings: Reading[] } {
  const trades = tradesIn(all, shown), { look } = shown, isOpen = isOpenIn(open, shown);
  if (trades.length > MOST_MARKED || trades.length + (isOpen ? 1 : 0) === 0) {
    return { series: [], legend: [], readings: [] };
  }
  const entries = isOpen ? [...trades, open] : trades;
  const sides = (["long", "short"] as const).filter((s) => entries.some(({ side }) => side === s));
  return {
    series: [
      joins(trades, isOpen ? open : undefined, shown),
      ...sides.flatMap((side) => [
        entrySeries(entries.filter((trade) => trade.side === side), side, look),
        exitSeries(trades.filter((trade) => trade.side === side), side, look),
      ]),
    ],
    legend: legendOf(trades, isOpen ? open : undefined, look),
    readings: [
      ...sides.map((side) => entryReading(side, entries, shown)),
      tradeReading(trades, look.muted),
    ],
  };
}

function legendOf(
  trades: readonly ClosedTrade[],
  open: OpenTrade | undefined,
  look: Look,
): LegendItem[] {
  const marks = (["long", "short"] as const).flatMap((side): LegendItem[] => {
    const colour = look[side], closed = trades.some((trade) => trade.side === side);
    if (!closed && open?.side !== side) return [];
    return [
      { label: `${side} entry`, colour, sign: side === "long" ? "up" : "down" },
      ...(closed ? [{ label: `${side} exit`, colour, sign: "ring" as const }] : []),
    ];
  });
  return [
    ...marks,
    ...outcomesOf(trades).map((outcome) => ({ label: outcome, ...outcomeStyle(outcome, look) })),
    ...(open ? [{ label: "still open", colour: look[open.side], sign: "dotted" as const }] : []),
  ];
}

/** At what price the entries of a side were filled. */
function entryReading(
  side: PositionSide,
  entries: readonly (ClosedTrade | OpenTrade)[],
  { look, candles }: Shown,
): Reading {
  const own = entries.filter((entry) => entry.side === side);
  return {
    name: `${side} entry at`,
    colour: look[side],
    time: own.map(({ entryTime }) => entryTime),
    values: own.map(({ entryPrice }) => entryPrice),
    write: priceWriter(candles),
    once: true,
  };
}

/** What each trade returned, at its exit. */
export function tradeReading(trades: readonly ClosedTrade[], colour: string): Reading {
  return {
    name: "trade closed",
    colour,
    time: trades.map(({ exitTime }) => exitTime),
    values: trades.map((trade) => 100 * trade.return),
    write: percentText,
    once: true,
  };
}

function joins(
  trades: readonly ClosedTrade[],
  open: OpenTrade | undefined,
  { look, candles: { time, close, length } }: Shown,
): Option {
  const line = (from: number[], to: number[], colour: string, sign: keyof typeof DASHES) => ({
    coords: [from, to],
    lineStyle: { color: colour, type: DASHES[sign] ?? "solid", width: 1.6, opacity: 1 },
  });
  return {
    type: "lines",
    name: "Trades",
    coordinateSystem: "cartesian2d",
    silent: true,
    z: 4,
    data: [
      ...trades.map((trade) => {
        const { colour, sign } = outcomeStyle(outcomeOf(trade), look);
        const { entryTime, entryPrice, exitTime, exitPrice } = trade;
        return line([entryTime, entryPrice], [exitTime, exitPrice], colour, sign);
      }),
      ...(open === undefined ? [] : [line(
        [open.entryTime, open.entryPrice],
        [time[length - 1], close[length - 1]],
        look[open.side],
        "dotted",
      )]),
    ],
  };
}

function entrySeries(
  trades: readonly { entryTime: number; entryPrice: number }[],
  side: PositionSide,
  look: Look,
): Option {
  return {
    ...markSeries(`Entries ${side}`, trades.map((t) => [t.entryTime, t.entryPrice])),
    symbol: "triangle",
    symbolRotate: side === "long" ? 0 : 180,
    symbolSize: [11, 10],
    itemStyle: { color: look[side], borderColor: look.background, borderWidth: 1.2, opacity: 1 },
  };
}

/** Rings; around the mark of the entry that follows at once where the position was reversed. */
function exitSeries(trades: readonly ClosedTrade[], side: PositionSide, look: Look): Option {
  const marks = trades.map(({ exitTime, exitPrice, reason }) => ({
    value: [exitTime, exitPrice],
    symbolSize: reason === "reversal" ? 17 : 7,
  }));
  return {
    ...markSeries(`Exits ${side}`, marks),
    symbol: "circle",
    itemStyle: { color: "transparent", borderColor: look[side], borderWidth: 1.7, opacity: 1 },
  };
}

function markSeries(name: string, data: readonly OptionValue[]): Option {
  return { type: "scatter", name, data, silent: true, z: 5, clip: true };
}
