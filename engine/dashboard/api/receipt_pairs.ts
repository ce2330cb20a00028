import { formatNumber } from "../../metrics/format_number.ts";
import { METRICS } from "../../metrics/metric_table.ts";
import type { BotRecord } from "../../ports/bots.ts";

/** What a bot's config says of the backtest that it was promoted from, to be read: names and texts. */
export function receiptPairs(receipt: BotRecord["config"]["receipt"]): [string, string][] {
  if (!receipt) return [];
  const { data, metrics, trials, independentTrials, engine, deno, contentHash } = receipt;
  const measured = Object.entries(METRICS).flatMap(
    ([name, { label, unit }]): [string, string][] => {
      const value = (metrics as Record<string, unknown>)[name];
      if (value === undefined) return [];
      return [[label, formatNumber(Number(value), unit)]];
    },
  );
  return [
    ["Candles", `${data.candles}, ${data.gaps} gaps`],
    ["From", data.from],
    ["To", data.to],
    ...measured,
    [
      "Trials",
      `${trials}${
        independentTrials === undefined ? "" : `, as ${independentTrials} independent ones`
      }`,
    ],
    ["Engine", `${engine} on Deno ${deno}`],
    ["Content", contentHash === undefined ? "—" : contentHash.slice(0, 16)],
  ];
}
