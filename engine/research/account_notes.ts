import type { ClosedTrade, Counts, Refusal, RefusalReason } from "../account/ledger.ts";
import type { AccountSettings } from "../account/settings.ts";

/** What each count of an account means; the others are told by the reasons of what was refused. */
export const COUNTED: Readonly<
  Record<Exclude<keyof Counts, "refused" | "forbidden" | "expired">, string>
> = {
  cancelled: "both sides' entries fired and cancelled each other",
  ambiguous: "a candle left the order of events open: the worse was taken",
  liquidated: "the exchange took a position and its margin",
};

/** What is said of each reason for which something was not done. */
export const REFUSED: Readonly<Record<RefusalReason, string>> = {
  cash: "an entry was refused: too little cash",
  minNotional: "an entry, or a part that was to be closed, was refused: below the least notional",
  positions: "an entry was refused: as many positions were open as may be",
  exposure: "an entry was refused: positions were as large together as they may be",
  unknown: "an entry was refused: its stop, its size or its volatility was not known",
  liquidation: "an entry was refused: it would have been liquidated at once",
  lot: "an entry, or a part that was to be closed, was refused: less than one lot",
  expired: "an entry was given up: its price did not come while it waited",
  protection: "an entry was refused: a protection forbade it",
  paused: "an entry was refused: the bot was paused",
};

/** What came of an account, or of all accounts of a portfolio. */
export interface Happened {
  account: AccountSettings;
  counts: readonly Counts[];
  refusals: readonly Refusal[];
  trades: readonly (ClosedTrade & { instrument?: string })[];
  /** Funding paid, in the quote currency; negative if more was received. */
  funding: number;
  /** Whether its rate is the account's, and not one given with the candles. */
  isAssumed: boolean;
}

/** What a reader should know of how an account's numbers came about. */
export function accountNotes(happened: Happened): string[] {
  const { account, counts, refusals, trades, funding, isAssumed } = happened;
  const note = (count: number, text: string) => count ? [`${times(count)} ${text}`] : [];
  const counted = Object.entries(COUNTED).flatMap(([name, text]) =>
    note(counts.reduce((sum, each) => sum + each[name as keyof Counts], 0), text)
  );
  const refused = Object.entries(REFUSED).flatMap(([reason, text]) =>
    note(refusals.filter((refusal) => refusal.reason === reason).length, text)
  );
  return [
    ...(account.fill === "close"
      ? ["optimistic: filled at the close that the decision was taken on"]
      : []),
    ...counted,
    ...refused,
    ...protectionNotes(trades, account),
    ...(funding ? [fundingNote(funding, isAssumed)] : []),
  ];
}

function fundingNote(funding: number, isAssumed: boolean): string {
  const way = funding > 0 ? "paid" : "received", amount = Math.abs(funding).toFixed(2);
  return `${amount} of funding was ${way}` + (isAssumed ? ", by a rate that is assumed" : "");
}

function protectionNotes(trades: Happened["trades"], account: AccountSettings): string[] {
  const count = (reason: string) => trades.filter((trade) => trade.reason === reason).length;
  const lost = count("dailyLoss");
  return [
    ...(lost ? [`${times(lost)} the daily loss limit closed a position`] : []),
    ...(count("maxDrawdown") ? ["the drawdown limit closed the position and ended trading"] : []),
    ...lossNotes(trades, account),
  ];
}

/** Where so many trades were lost in a row that no further one is allowed: an instrument's own count. */
function lossNotes(trades: Happened["trades"], { maxLossesInRow }: AccountSettings): string[] {
  if (maxLossesInRow === undefined) return [];
  const by = Object.entries(Object.groupBy(trades, ({ instrument = "" }) => instrument));
  return by.flatMap(([instrument, of = []]) => {
    // What rounding leaves of a trade that won and lost nothing is no loss.
    const lost = of.length - 1 - of.findLastIndex((trade) => !(trade.return < -1e-12));
    if (lost < maxLossesInRow) return [];
    const trading = instrument === "" ? "trading" : `the trading of ${instrument}`;
    return [`${lost} trades in a row were lost, which ended ${trading}: account.maxLossesInRow`];
  });
}

/** "once", or how many times. */
export function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
