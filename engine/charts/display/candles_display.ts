import { type Candles, FIELDS, KINDS } from "../../market/candles.ts";
import { missingIn } from "../../market/row_times.ts";
import { NotedCandles } from "../../market/noted_candles.ts";
import { openTime } from "../../market/timeframe.ts";
import { spanCaption } from "../captions.ts";
import { counted, type GridColumn, gridOf } from "./grid.ts";
import { gridDisplay } from "./grid_display.ts";
import type { MimeBundle } from "./mime_bundle.ts";

/** How a notebook shows candles: the first and the last, their span, and what is missing in it. */
export function candlesDisplay(candles: Candles): MimeBundle {
  const { time, trades, kind, decimals, length } = candles;
  const columns: GridColumn[] = [
    { name: "close time", values: time },
    ...FIELDS.map((name) => ({
      name,
      values: candles[name],
      ...(name !== "volume" && { decimals }),
    })),
    ...(trades.every(Number.isNaN) ? [] : [{ name: "trades", values: trades }]),
    ...(kind.every((it) => it === kind[0])
      ? []
      : [{ name: "kind", values: Array.from(kind, (it) => KINDS[it]) }]),
  ];
  return gridDisplay(gridOf(columns, length, captionOf(candles)));
}

function captionOf(candles: Candles): string {
  const { timeframe, time, length } = candles, count = counted(length, `${timeframe} candle`);
  if (length === 0) return count;
  const span = { from: openTime(time[0], timeframe), to: time[length - 1] }, gaps = candles.gaps();
  const missing = gaps.reduce((sum, gap) => sum + missingIn(gap, timeframe), 0);
  const without = missing === 0
    ? ""
    : ` · ${counted(gaps.length, "gap")}, ${counted(missing, "candle")} missing`;
  const notes = candles instanceof NotedCandles ? candles.notes.map((note) => ` · ${note}`) : [];
  return `${count} · ${spanCaption(span)}${without}${notes.join("")}`;
}
