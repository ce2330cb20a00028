import type { ClosedTrade } from "../account/ledger.ts";
import { written } from "../charts/captions.ts";
import { columnCells } from "../charts/display/column_cells.ts";
import { formatNumber } from "../metrics/format_number.ts";
import type { Result } from "../research/result.ts";
import type { Part, TextCells } from "./section.ts";

/** A longer list shows so many of its first and of its last trades. */
const END = 250;

/** How each column is headed; those of fractions are written as percentages. */
const HEADS: Readonly<Record<string, string>> = {
  side: "Side",
  entryTime: "Entry (UTC)",
  entryPrice: "Entry price",
  exitTime: "Exit (UTC)",
  exitPrice: "Exit price",
  amount: "Amount",
  return: "Return",
  pnl: "Profit",
  fees: "Fees",
  slippage: "Slippage",
  funding: "Funding",
  adverse: "MAE",
  favourable: "MFE",
  reason: "Closed by",
};
const FRACTIONS = ["return", "adverse", "favourable"];

/** The closed trades, and the one that the last candle left open. */
export function tradeTable(result: Result): Part[] {
  const { open } = result, count = result.trades.length, moved = result.excursions().rows;
  const all = result.trades.rows.map((trade, i) => ({ ...trade, ...moved[i] }));
  const isCut = count > 2 * END;
  const shown = isCut ? [...all.slice(0, END), ...all.slice(-END)] : all;
  const numbers = shown.map((_, i) => isCut && i >= END ? count - 2 * END + i + 1 : i + 1);
  const caption = `${written(count)} closed ${count === 1 ? "trade" : "trades"}` +
    (isCut ? `; the first and the last ${END} are shown` : "") +
    `. Money is in the quote currency; profit is net of fees and funding. All together: ${
      totals(all)
    }.`;
  const still =
    "Still open at the end: marked at the last close, not closed; its profit is in the " +
    "equity.";
  return [
    ...(count === 0 ? [] : [{ kind: "table", table: tableOf(shown, numbers, caption) } as const]),
    ...(open === undefined ? [] : [{ kind: "table", table: tableOf([open], [], still) } as const]),
  ];
}

/** What the trades made and cost in all, as the columns are headed. */
function totals(trades: readonly ClosedTrade[]): string {
  return (["pnl", "fees", "slippage", "funding"] as const).map((name) => {
    const sum = trades.reduce((sum, trade) => sum + trade[name], 0);
    return name === "funding" && sum === 0
      ? ""
      : `${HEADS[name].toLowerCase()} ${formatNumber(sum, "money")}`;
  }).filter((text) => text !== "").join(", ");
}

/** Those of the columns that the rows have. */
function tableOf(
  rows: readonly object[],
  numbers: readonly number[],
  caption: string,
): TextCells {
  const names = Object.keys(HEADS).filter((name) =>
    rows.some((row) =>
      // Of spot there is no funding.
      name === "funding" ? Reflect.get(row, name) : Object.hasOwn(row, name)
    )
  );
  const columns = names.map((name) => {
    const values = rows.map((row) => Reflect.get(row, name));
    if (!FRACTIONS.includes(name)) return { ...columnCells(name, values), name: HEADS[name] };
    const cells = values.map((value) => formatNumber(value, "fraction"));
    return { name: HEADS[name], right: true, cells };
  });
  const first = numbers.length === 0
    ? []
    : [{ name: "", right: true, cells: numbers.map((number) => written(number)) }];
  const drawn = [...first, ...columns];
  return {
    columns: drawn.map(({ name, right }) => ({ name, right })),
    rows: rows.map((_, row) => drawn.map(({ cells }) => cells[row])),
    caption,
  };
}
