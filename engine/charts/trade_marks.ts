import type { ClosedTrade, OpenTrade, PositionSide } from "../account/ledger.ts";
import { priceWriter } from "./candle_readings.ts";
import type { LegendItem } from "./legend.ts";
import type { Look } from "./look.ts";
import type { Option, OptionValue } from "./option.ts";
import type { Reading } from "./reading.ts";
import { percentText } from "./number_text.ts";
import type { Shown } from "./shown.ts";

/** With more trades than this in view, marks would hide the candles: they are drawn as ticks. */
export const MOST_MARKED = 60;

/** Trades that overlap what is shown. */
export function tradesIn(trades: readonly ClosedTrade[], { from, to }: Shown): ClosedTrade[] {
  return trades.filter(({ entryTime, exitTime }) => exitTime >= from && entryTime <= to);
}

/**
 * Entries and exits at the prices of their fills, joined by a line: solid for a trade that won, dashed
 * for one that lost. Sides differ by shape and colour.
 */
export function tradeMarks(
  all: readonly ClosedTrade[],
  open: OpenTrade | undefined,
  shown: Shown,
): { series: Option[]; legend: LegendItem[]; readings: Reading[] } {
  const trades = tradesIn(all, shown), { look, from, to } = shown;
  const isOpen = open !== undefined && open.entryTime >= from && open.entryTime <= to;
  if (trades.length > MOST_MARKED || trades.length + (isOpen ? 1 : 0) === 0) {
    return { series: [], legend: [], readings: [] };
  }
  const entries = isOpen ? [...trades, open] : trades;
  const sides = (["long", "short"] as const).filter((s) => entries.some(({ side }) => side === s));
  return {
    series: [
      joins(trades, look),
      ...sides.flatMap((side) => [
        entrySeries(entries.filter((trade) => trade.side === side), side, look),
        exitSeries(trades.filter((trade) => trade.side === side), side, look),
      ]),
    ],
    legend: [
      ...sides.flatMap((side): LegendItem[] => [
        { label: `${side} entry`, colour: look[side], sign: side === "long" ? "up" : "down" },
        { label: `${side} exit`, colour: look[side], sign: "ring" },
      ]),
      ...(trades.some(won) ? [{ label: "won", colour: look.profit, sign: "line" as const }] : []),
      ...(trades.every(won) ? [] : [{ label: "lost", colour: look.loss, sign: "dashed" as const }]),
    ],
    readings: [
      ...sides.map((side) => entryReading(side, entries, shown)),
      tradeReading(trades, look.muted),
    ],
  };
}

/** Whether a trade earned more than its fees. */
export function won({ pnl }: ClosedTrade): boolean {
  return pnl > 0;
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

function joins(trades: readonly ClosedTrade[], look: Look): Option {
  return {
    type: "lines",
    name: "Trades",
    coordinateSystem: "cartesian2d",
    silent: true,
    z: 4,
    data: trades.map((trade) => ({
      coords: [[trade.entryTime, trade.entryPrice], [trade.exitTime, trade.exitPrice]],
      lineStyle: {
        color: won(trade) ? look.profit : look.loss,
        type: won(trade) ? "solid" : [4, 3],
        width: 1.6,
        opacity: 1,
      },
    })),
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
