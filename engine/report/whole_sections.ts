import { excursions } from "../charts/excursions.ts";
import { monthlyReturns } from "../charts/monthly_returns.ts";
import { returnsHistogram } from "../charts/returns_histogram.ts";
import { rollingSharpe } from "../charts/rolling_sharpe.ts";
import type { AnyResult } from "../charts/run_caption.ts";
import { underwater } from "../charts/underwater.ts";
import { yearlyReturns } from "../charts/yearly_returns.ts";
import { drawdownTable } from "./drawdown_table.ts";
import { picturePart } from "./picture_part.ts";
import type { Part, Section } from "./section.ts";

/** What there is to see of any run as a whole; `tables` go below its trades. */
export function wholeSections(
  result: AnyResult,
  name: { symbol: string; heading: false },
  tables: readonly Part[] = [],
): Section[] {
  return [
    {
      title: "Drawdowns",
      about: "How far equity was below its peak, and the deepest of these falls.",
      parts: [
        picturePart((options) => underwater(result, { ...name, ...options }), 260),
        drawdownTable(result),
      ],
    },
    {
      title: "Months and years",
      about: "Returns of calendar months and years (UTC); the first and the last count as far as " +
        "there are candles.",
      parts: [
        picturePart((options) => monthlyReturns(result, { ...name, ...options })),
        picturePart((options) => yearlyReturns(result, { ...name, ...options }), 280),
      ],
    },
    {
      title: "How steady it was",
      about: "Sharpe ratio and volatility over a window that moves from day to day.",
      parts: [picturePart((options) => rollingSharpe(result, { ...name, ...options }), 420)],
    },
    {
      title: "Trades",
      about: "What closed trades returned, net of fees, and how far the price had gone against " +
        "them (MAE) and for them (MFE), costs left out.",
      parts: [
        picturePart((options) => returnsHistogram(result, { ...name, ...options }), 300),
        picturePart((options) => excursions(result, { ...name, ...options }), 620),
        ...tables,
      ],
    },
  ];
}
