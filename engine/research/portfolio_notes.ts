import type { ClosedTrade, Refusal } from "../account/ledger.ts";
import type { AccountReport } from "../account/report.ts";
import type { AccountSettings } from "../account/settings.ts";
import type { Candles } from "../market/candles.ts";
import { iso } from "../market/time.ts";
import type { Timeframe } from "../market/timeframe.ts";
import { gapNotes, unfinishedNotes } from "./gap_notes.ts";
import { protectionNotes, refusalNotes, times } from "./result.ts";
import type { Columns, Table } from "./table.ts";

/** What of a portfolio's result there is to be said something of. */
export interface Noted {
  instruments: readonly string[];
  timeframe: Timeframe;
  account: AccountSettings;
  refusals: Table<Refusal>;
  trades: Table<ClosedTrade>;
  reports: Readonly<Record<string, AccountReport>>;
  equity: Columns<"time" | "equity" | "cash" | "drawdown">;
  /** The candles on which the account of an instrument acted. */
  acted(instrument: string): Candles;
}

/** What a reader of a portfolio's result should know of how it came about. */
export function portfolioNotes(result: Noted): string[] {
  const { instruments, account, refusals, trades, reports, equity } = result;
  const counted = (name: "cancelled" | "ambiguous" | "expired" | "forbidden") =>
    instruments.reduce((sum, instrument) => sum + reports[instrument].counts[name], 0);
  const note = (count: number, text: string) => count ? [`${times(count)} ${text}`] : [];
  const end = equity.column("time").at(-1)!;
  return [
    ...instruments.flatMap((name) => spanNotes(result, name, end)),
    ...(account.fill === "close"
      ? ["optimistic: filled at the close that the decision was taken on"]
      : []),
    ...note(counted("cancelled"), "both sides' entries fired and cancelled each other"),
    ...note(counted("ambiguous"), "a candle held stop and target: the stop was taken"),
    ...refusalNotes(refusals.rows),
    ...note(counted("expired"), "the price that an entry waited for did not come"),
    ...note(counted("forbidden"), "a protection forbade an entry"),
    ...protectionNotes(trades.rows),
    ...note(
      trades.rows.filter(({ reason }) => reason === "ruin").length,
      "the cash could no longer buy back a short, which ended the trading of its instrument",
    ),
  ];
}

/** Where an instrument's candles do not cover the whole. */
function spanNotes(result: Noted, name: string, end: number): string[] {
  const candles = result.acted(name), { length } = candles;
  if (length === 0) return [`${name}: no candle opens at or after the start`];
  const first = result.equity.column("time")[0], day = (time: number) => iso(time).slice(0, 10);
  return [
    ...(candles.time[0] > first ? [`${name}: begins on ${day(candles.time[0])} only`] : []),
    ...(candles.time[length - 1] < end
      ? [`${name}: ends on ${day(candles.time[length - 1])}; marked at its last close from then on`]
      : []),
    ...[...gapNotes(candles), ...unfinishedNotes(candles, result.timeframe)]
      .map((note) => `${name}: ${note}`),
  ];
}
