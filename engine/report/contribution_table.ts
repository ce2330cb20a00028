import { formatNumber } from "../metrics/format_number.ts";
import type { Unit } from "../metrics/metric.ts";
import type { Contribution } from "../research/contribution.ts";
import type { PortfolioResult } from "../research/portfolio_result.ts";
import type { Part } from "./section.ts";

/** How each column is headed and written. */
const COLUMNS: Readonly<
  Record<Exclude<keyof Contribution, "instrument">, readonly [head: string, unit: Unit]>
> = {
  profit: ["Profit", "money"],
  contribution: ["Of the balance", "fraction"],
  trades: ["Closed trades", "count"],
  winRate: ["Won", "fraction"],
  exposure: ["Time held", "fraction"],
  meanWeight: ["Mean share of equity", "fraction"],
  fees: ["Fees", "money"],
  funding: ["Funding", "money"],
  turnover: ["Turnover", "money"],
};

/** What each instrument did, and the sums of what can be added up. */
export function contributionTable({ contributions: { rows } }: PortfolioResult): Part {
  const names = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])
    .filter((name) => name !== "funding" || rows.some(({ funding }) => funding !== 0));
  const adds = (name: keyof typeof COLUMNS) => !["winRate", "exposure"].includes(name);
  const sum = (name: keyof typeof COLUMNS) => rows.reduce((sum, row) => sum + row[name], 0);
  return {
    kind: "table",
    table: {
      columns: [
        { name: "Instrument", right: false },
        ...names.map((name) => ({ name: COLUMNS[name][0], right: true })),
      ],
      rows: [
        ...rows.map((row) => [
          row.instrument,
          ...names.map((name) => formatNumber(row[name], COLUMNS[name][1])),
        ]),
        [
          "Together",
          ...names.map((name) => adds(name) ? formatNumber(sum(name), COLUMNS[name][1]) : ""),
        ],
      ],
      caption: "Profit is that of closed trades and of the open position, all costs included.",
    },
  };
}
