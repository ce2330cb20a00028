import { formatNumber } from "../../metrics/format_number.ts";
import { iso } from "../../market/time.ts";
import type {
  ClosedTrade,
  Fill,
  Numbered,
  NumberedRepository,
  Refusal,
  Signal,
  Store,
} from "../../ports/store.ts";
import type { BotGlance } from "../../ports/watch.ts";
import { amountText } from "../bot_view.ts";

/** A column of a table. */
interface Column {
  label: string;
  /** Numbers stand at the right. */
  right?: boolean;
}

/** A cell: its text, or that and whether it tells of a gain or a loss. */
type Cell = string | { text: string; tone: "won" | "lost" };

/** A page of a table, the newest row first. */
export interface TablePage {
  columns: Column[];
  rows: Cell[][];
  /** What to give as `before` for the next page; null if there is none. */
  next: number | null;
}

/** Which rows to read: at most `limit`, those before `before` if it is given. */
export interface PageRange {
  limit: number;
  before?: number;
}

/** How many rows of each kind a bot has. */
type Sizes = Pick<BotGlance, "trades" | "fills" | "refusals">;

type Reader = (store: Store, bot: Sizes & { id: string }, range: PageRange) => Promise<TablePage>;

/** A bot's tables, by their names. */
export const TABLES: Readonly<Record<string, Reader>> = {
  signals: async ({ watch, bots }, { id }, { limit, before }) => {
    const [rows, bot] = await Promise.all([watch.signals(id, limit, before), bots.find(id)]);
    // Of every signal one is recorded, 1 where the strategy gives none. Configs of other versions may lack all.
    const isSure = bot?.config.strategy?.signals?.confidence !== undefined;
    return signalTable(rows, { limit, isSure });
  },
  trades: ({ trades }, { id, trades: last }, range) =>
    numbered(TRADES, { rows: trades, id, last }, range, tradeCells),
  fills: ({ fills }, { id, fills: last }, range) =>
    numbered(FILLS, { rows: fills, id, last }, range, fillCells),
  refusals: ({ refusals }, { id, refusals: last }, range) =>
    numbered(REFUSALS, { rows: refusals, id, last }, range, refusalCells),
};

const money = (value: number) => formatNumber(value, "money");
const time = (value: number) => iso(value).replace("T", " ").replace("Z", "");

/** `words` have their spaces back: `stopLoss` is `stop loss`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function gain(value: number, text: string): Cell {
  return value === 0
    ? text
    : { text: value > 0 ? `+${text}` : text, tone: value > 0 ? "won" : "lost" };
}

/** Numbers have no holes, so those of a page are known before it is read. */
async function numbered<Row>(
  columns: Column[],
  { rows, id, last }: { rows: NumberedRepository<Row>; id: string; last: number },
  { limit, before }: PageRange,
  cells: (row: Numbered<Row>) => Cell[],
): Promise<TablePage> {
  const to = Math.min(last, (before ?? Infinity) - 1), after = Math.max(0, to - limit);
  const page = to > after ? await rows.numbered(id, after, to) : [];
  return { columns, rows: page.reverse().map(cells), next: after > 0 ? after + 1 : null };
}

const TRADES: Column[] = [
  { label: "#", right: true },
  { label: "Side" },
  { label: "Entry" },
  { label: "Price", right: true },
  { label: "Exit" },
  { label: "Price", right: true },
  { label: "Amount", right: true },
  { label: "P&L", right: true },
  { label: "Return", right: true },
  { label: "Fees", right: true },
  { label: "Slippage", right: true },
  { label: "Funding", right: true },
  { label: "Closed by" },
];

function tradeCells(row: Numbered<ClosedTrade>): Cell[] {
  return [
    ...[String(row.number), row.side, time(row.entryTime), money(row.entryPrice)],
    ...[time(row.exitTime), money(row.exitPrice), amountText(row.amount)],
    gain(row.pnl, money(row.pnl)),
    gain(row.return, formatNumber(row.return, "fraction")),
    ...[money(row.fees), money(row.slippage), money(row.funding), words(row.reason)],
  ];
}

const FILLS: Column[] = [
  { label: "#", right: true },
  { label: "Time" },
  { label: "Side" },
  { label: "Price", right: true },
  { label: "Amount", right: true },
  { label: "Fee", right: true },
  { label: "Slippage", right: true },
  { label: "Why" },
  { label: "Role" },
  { label: "Position after", right: true },
  { label: "Cash after", right: true },
];

function fillCells(row: Numbered<Fill>): Cell[] {
  const position = `${row.position < 0 ? "-" : ""}${amountText(row.position)}`;
  return [
    ...[String(row.number), time(row.time), row.side, money(row.price), amountText(row.amount)],
    ...[
      money(row.fee),
      money(row.slippage),
      words(row.reason),
      row.role,
      position,
      money(row.cash),
    ],
  ];
}

const REFUSALS: Column[] = [
  { label: "#", right: true },
  { label: "Time" },
  { label: "Side" },
  { label: "Price", right: true },
  { label: "Why not" },
];

function refusalCells(row: Numbered<Refusal>): Cell[] {
  return [String(row.number), time(row.time), row.side, money(row.price), words(row.reason)];
}

/** Each named series of the strategy has a column: its value when the bot decided; so has confidence, if it is given. */
function signalTable(
  rows: readonly Signal[],
  { limit, isSure }: { limit: number; isSure: boolean },
): TablePage {
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const columns: Column[] = [
    { label: "Candle" },
    { label: "Decision" },
    { label: "Close", right: true },
    ...(isSure ? [{ label: "Confidence", right: true }] : []),
    ...names.map((label) => ({ label, right: true })),
  ];
  return {
    columns,
    rows: rows.map(({ time: at, action, price, confidence, values }) => [
      ...[time(at), words(action), money(price)],
      ...(isSure ? [formatNumber(confidence, "ratio")] : []),
      ...names.map((name) => valueText(values[name] ?? NaN)),
    ]),
    next: rows.length >= limit ? rows[rows.length - 1].time : null,
  };
}

/** A series may be a price, a ratio or an average of volumes: seven digits tell of each. */
function valueText(value: number): string {
  return Number.isNaN(value) ? "—" : value.toLocaleString("en-US", { maximumSignificantDigits: 7 });
}
