import type { Numbered, NumberedRepository, Store } from "../../ports/store.ts";
import type { DecidedRows } from "../bots/decide_rows.ts";
import { compareRows, type KeyedRow } from "./compare_rows.ts";
import { type Difference, LEDGER_TABLES, type LedgerTable, type Tally } from "./difference.ts";

type NumberedTable = "refusals" | "fills" | "trades";

/** When a row of these tables is. */
const TIMES = {
  refusals: "time",
  fills: "time",
  trades: "exitTime",
} as const;

/**
 * Holds the stored rows of a bot to those that come out again, some at a time: it remembers counts and
 * the first difference, and no rows.
 */
export class LedgerCheck {
  readonly tallies = Object.fromEntries(
    LEDGER_TABLES.map((table) => [table, { rows: 0, changed: 0, missing: 0, added: 0 }]),
  ) as Record<LedgerTable, Tally>;
  /** The earliest row that differs. */
  first: Difference | undefined;
  /** Rows of months of which no equity is kept any more: they were not compared. */
  dropped = 0;
  private reached: number | undefined;

  /** `months` are those of which equity is kept. */
  constructor(
    private readonly store: Store,
    private readonly id: string,
    private readonly months: ReadonlySet<string>,
  ) {}

  /** Compares what came out up to the time `to` with what is stored there. */
  async take(rows: DecidedRows, to: number): Promise<void> {
    const { store, id, reached: after } = this, range = { after, to };
    this.compare("signals", signals(await store.signals.ofBot(id, range)), signals(rows.signals));
    for (const table of ["refusals", "fills", "trades"] as const) {
      await this.takeNumbered(table, rows[table]);
    }
    const kept = rows.performance.filter(({ time }) => this.months.has(monthOf(time)));
    this.dropped += rows.performance.length - kept.length;
    const stored = await store.performance.ofBot(id, range);
    this.compare("performance", byTime(stored), byTime(kept));
    this.reached = to;
  }

  /** Takes note of stored rows behind all that came out, unless the bot has gone on meanwhile. */
  async finish(cursor: number | undefined): Promise<void> {
    const { store, id, reached: after, tallies } = this;
    const left: [LedgerTable, KeyedRow[]][] = [
      ["signals", signals(await store.signals.ofBot(id, { after }))],
      ["performance", byTime(await store.performance.ofBot(id, { after }))],
    ];
    for (const table of ["refusals", "fills", "trades"] as const) {
      const rows = await this.repository(table).numbered(id, tallies[table].rows);
      left.push([table, numbered(table, rows)]);
    }
    const now = await store.bots.find(id);
    if (now?.cursor !== cursor) return;
    for (const [table, rows] of left) this.compare(table, rows, []);
  }

  /** Counts a difference of a table. */
  note(difference: Difference): void {
    this.tallies[difference.table][difference.kind]++;
    if (this.first === undefined || difference.time < this.first.time) this.first = difference;
  }

  private async takeNumbered(table: NumberedTable, rows: readonly object[]): Promise<void> {
    if (rows.length === 0) return;
    const before = this.tallies[table].rows;
    const stored = await this.repository(table).numbered(this.id, before, before + rows.length);
    const recomputed = rows.map((row, i) => ({ number: before + 1 + i, ...row }));
    this.compare(table, numbered(table, stored), numbered(table, recomputed));
  }

  private compare(
    table: LedgerTable,
    stored: readonly KeyedRow[],
    recomputed: readonly KeyedRow[],
  ): void {
    this.tallies[table].rows += recomputed.length;
    for (const difference of compareRows(table, stored, recomputed)) this.note(difference);
  }

  private repository(table: NumberedTable): NumberedRepository<object> {
    return this.store[table];
  }
}

function signals(rows: DecidedRows["signals"]): KeyedRow[] {
  return rows.map(({ time, action, ...cells }) => ({
    key: `${iso(time)} ${action}`,
    ...{ time, cells },
  }));
}

function byTime(rows: DecidedRows["performance"]): KeyedRow[] {
  return rows.map(({ time, ...cells }) => ({ key: iso(time), time, cells }));
}

function numbered(table: NumberedTable, rows: readonly Numbered<object>[]): KeyedRow[] {
  return rows.map(({ number, ...rest }) => {
    const cells = rest as Record<string, unknown>;
    return { key: `number ${number}`, time: Number(cells[TIMES[table]]), cells };
  });
}

const iso = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");

const monthOf = (time: number) => new Date(time).toISOString().slice(0, 7);
