import { chart } from "../charts/chart.ts";
import type { Result } from "../research/result.ts";
import { picturePart } from "./picture_part.ts";
import type { Market, Settings } from "./report_options.ts";
import type { Part, Section } from "./section.ts";
import { tradeTable } from "./trade_table.ts";
import { wholeSections } from "./whole_sections.ts";

/** What there is to see of a run over one instrument. */
export function singleSections(
  result: Result,
  { scaling }: Pick<Settings, "scaling">,
  { symbol }: Market,
): Section[] {
  const name = { symbol, heading: false } as const;
  return [
    {
      title: "Price and trades",
      about: "Candles with entries, exits and the strategy's own series. Times are UTC.",
      parts: [pricePart(result, { scaling }, symbol)],
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
    ...wholeSections(result, name, tradeTable(result)),
  ];
}

/** Candles with trades and named series. */
export function pricePart(
  result: Result,
  { scaling }: Pick<Settings, "scaling">,
  symbol: string,
): Part {
  const panes = ["price", "trades", "series", "volume"] as const, name = { symbol, heading: false };
  return picturePart(
    (options) => chart(result, { ...scaling, ...name, ...options, panes }),
    460,
  );
}
