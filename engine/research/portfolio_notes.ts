import { iso } from "../market/time.ts";
import { accountNotes, times } from "./account_notes.ts";
import { coldNotes } from "./cold_notes.ts";
import { gapNotes, unfinishedNotes } from "./gap_notes.ts";
import type { PortfolioRecord } from "./portfolio_record.ts";

/** What a reader of a portfolio's result should know of how it came about. */
export function portfolioNotes(result: PortfolioRecord): string[] {
  const { instruments, account, refusals, trades, reports, equity } = result;
  const ruined = trades.rows.filter(({ reason }) => reason === "ruin").length;
  const end = equity.column("time").at(-1)!, all = instruments.map((name) => reports[name]);
  const paying = instruments.filter((name) => reports[name].funding !== 0);
  return [
    ...instruments.flatMap((name) => spanNotes(result, name, end)),
    ...accountNotes({
      ...{ account, counts: all.map(({ counts }) => counts), refusals: refusals.rows },
      trades: trades.rows,
      funding: all.reduce((sum, { funding }) => sum + funding, 0),
      isAssumed: paying.some((name) => result.acted(name).funding === undefined),
    }),
    ...(ruined === 0 ? [] : [
      `${
        times(ruined)
      } the cash could no longer buy back a short, which ended the trading of its instrument`,
    ]),
  ];
}

/** Where an instrument's candles do not cover the whole. */
function spanNotes(result: PortfolioRecord, name: string, end: number): string[] {
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
    ...coldNotesOf(result, name).map((note) => `${name}: ${note}`),
  ];
}

function coldNotesOf({ spec, signals, seen }: PortfolioRecord, name: string): string[] {
  if (signals.rows.some(({ instrument }) => instrument === name)) return [];
  return coldNotes(spec.instruments.find((one) => one.name === name)!.run, seen[name]);
}
