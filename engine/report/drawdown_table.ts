import { timeText } from "../charts/captions.ts";
import type { AnyResult } from "../charts/run_caption.ts";
import { formatNumber } from "../metrics/format_number.ts";
import type { Part } from "./section.ts";

/** The deepest drawdowns with their dates, numbered as in the picture. */
export function drawdownTable(result: AnyResult): Part {
  const { rows } = result.drawdowns();
  if (rows.length === 0) return { kind: "lines", lines: ["Equity was never below its peak."] };
  const names = ["", "Depth", "Peak", "Valley", "Back at the peak", "Days"];
  return {
    kind: "table",
    table: {
      columns: names.map((name) => ({ name, right: true })),
      rows: rows.map(({ depth, startTime, valleyTime, endTime, days }, i) => [
        `${i + 1}`,
        formatNumber(depth, "fraction"),
        timeText(startTime),
        timeText(valleyTime),
        endTime === undefined ? "not yet" : timeText(endTime),
        formatNumber(days, "days"),
      ]),
      caption: "Times are UTC; days are from peak to peak, or to the last candle.",
    },
  };
}
