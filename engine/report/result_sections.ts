import { chart } from "../charts/chart.ts";
import { excursions } from "../charts/excursions.ts";
import { monthlyReturns } from "../charts/monthly_returns.ts";
import { returnsHistogram } from "../charts/returns_histogram.ts";
import { rollingSharpe } from "../charts/rolling_sharpe.ts";
import { underwater } from "../charts/underwater.ts";
import { yearlyReturns } from "../charts/yearly_returns.ts";
import type { Result } from "../research/result.ts";
import { assumptions } from "./assumptions.ts";
import { drawdownTable } from "./drawdown_table.ts";
import { metricPairs } from "./metric_pairs.ts";
import { picturePart } from "./picture_part.ts";
import { receipt } from "./receipt.ts";
import type { Market, Settings } from "./report_options.ts";
import type { Section } from "./section.ts";
import { tradeTable } from "./trade_table.ts";

/** All that a report says of a result, from what is looked at first to what is looked up. */
export function resultSections(
  result: Result,
  settings: Pick<Settings, "scaling">,
  market: Market,
): Section[] {
  return [
    ...pictureSections(result, settings, market),
    {
      title: "Every metric",
      about: "Unknown numbers are “—”. Drawdowns are negative; ratios are a year.",
      parts: [{ kind: "pairs", groups: metricPairs(result, market) }],
    },
    ...assumptions(result),
    receipt(result, market),
  ];
}

function pictureSections(
  result: Result,
  { scaling }: Pick<Settings, "scaling">,
  { symbol }: Market,
): Section[] {
  const name = { symbol, heading: false };
  return [
    {
      title: "Price and trades",
      about: "Candles with entries, exits and the strategy's own series. Times are UTC.",
      parts: [picturePart((options) => {
        const panes = ["price", "trades", "series", "volume"] as const;
        return chart(result, { ...scaling, ...name, ...options, panes });
      }, 460)],
    },
    {
      title: "Equity",
      about: "At each candle's close, open positions marked, beside buying at the first open and " +
        "holding without costs.",
      parts: [picturePart((options) => {
        const size = { height: 320, ...options.size };
        return chart(result, { ...scaling, ...name, ...options, size, panes: ["equity"] });
      }, 260)],
    },
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
        ...tradeTable(result),
      ],
    },
  ];
}
