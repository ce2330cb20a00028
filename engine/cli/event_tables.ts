import type { ClosedTrade, Fill, Refusal } from "../account/ledger.ts";
import { formatNumber } from "../metrics/format_number.ts";
import { textTable } from "./bot_table.ts";
import { iso } from "../market/time.ts";

/** A column of a table for a terminal. */
interface TextColumn<Row> {
  name: string;
  cell: (row: Row) => string;
  /** Aligned to the left, as texts are. */
  left?: true;
  /** Left out where no row has anything but 0. */
  unless0?: (row: Row) => number;
}

const money = (value: number) => formatNumber(value, "money");
const amount = (value: number) => value.toPrecision(6);

const TRADES: readonly TextColumn<ClosedTrade>[] = [
  { name: "side", cell: ({ side }) => side, left: true },
  { name: "entry", cell: ({ entryTime }) => iso(entryTime), left: true },
  { name: "exit", cell: ({ exitTime }) => iso(exitTime), left: true },
  { name: "reason", cell: ({ reason }) => reason, left: true },
  { name: "entry price", cell: ({ entryPrice }) => money(entryPrice) },
  { name: "exit price", cell: ({ exitPrice }) => money(exitPrice) },
  { name: "amount", cell: (trade) => amount(trade.amount) },
  { name: "fees", cell: ({ fees }) => money(fees) },
  { name: "funding", cell: (trade) => money(trade.funding), unless0: ({ funding }) => funding },
  { name: "pnl", cell: ({ pnl }) => money(pnl) },
  { name: "return", cell: (trade) => formatNumber(trade.return, "fraction") },
];

const FILLS: readonly TextColumn<Fill>[] = [
  { name: "time", cell: ({ time }) => iso(time), left: true },
  { name: "side", cell: ({ side }) => side, left: true },
  { name: "reason", cell: ({ reason }) => reason, left: true },
  { name: "role", cell: ({ role }) => role, left: true },
  { name: "price", cell: ({ price }) => money(price) },
  { name: "amount", cell: (fill) => amount(fill.amount) },
  { name: "fee", cell: ({ fee }) => money(fee) },
  { name: "slippage", cell: (fill) => money(fill.slippage), unless0: ({ slippage }) => slippage },
  { name: "funding", cell: (fill) => money(fill.funding), unless0: ({ funding }) => funding },
  { name: "position", cell: ({ position }) => amount(position) },
  { name: "cash", cell: ({ cash }) => money(cash) },
];

const REFUSALS: readonly TextColumn<Refusal>[] = [
  { name: "time", cell: ({ time }) => iso(time), left: true },
  { name: "side", cell: ({ side }) => side, left: true },
  { name: "reason", cell: ({ reason }) => reason, left: true },
  { name: "price", cell: ({ price }) => money(price) },
];

/** Closed trades for a terminal: `pnl` is what the prices gave, less fees and funding. */
export function tradeTable(trades: readonly ClosedTrade[]): string {
  return tableOf(TRADES, trades);
}

/** Purchases and sales, and what was held and left after each. */
export function fillTable(fills: readonly Fill[]): string {
  return tableOf(FILLS, fills);
}

/** What was asked for and not done. */
export function refusalTable(refusals: readonly Refusal[]): string {
  return tableOf(REFUSALS, refusals);
}

function tableOf<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const shown = columns.filter(({ unless0 }) => !unless0 || rows.some((row) => unless0(row) !== 0));
  const cells = rows.map((row) => shown.map(({ cell }) => cell(row)));
  return textTable(shown.map(({ name }) => name), cells, shown.filter(({ left }) => left).length);
}
