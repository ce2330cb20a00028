import { closesIn, dayOf } from "./day_of.ts";
import type { Desk } from "./desk.ts";
import type { ClosedTrade, Reason } from "./ledger.ts";
import type { AllSettings } from "./settings.ts";
import { isStop } from "./is_stop.ts";

/** Whether an account has protections, and whether it has to look at equity on each row for them. */
export function protection(settings: AllSettings): Pick<Desk, "protects" | "watchesEquity"> {
  const { maxDrawdown, dailyLoss, cooldown, maxTradesPerDay, maxLossesInRow } = settings;
  const watchesEquity = maxDrawdown !== undefined || dailyLoss !== undefined;
  const counted = [cooldown, maxTradesPerDay, maxLossesInRow].some((limit) => limit !== undefined);
  return { protects: watchesEquity || counted, watchesEquity };
}

/** Begins a new UTC day where a row is the first of one: see `dayOf`. */
export function beginDay({ state, book, timeframe }: Desk, time: number): void {
  if (state.day === book.day && closesIn(state.day, time)) return;
  const day = dayOf(time, timeframe), isNew = day !== state.day;
  if (day !== book.day) {
    book.day = day;
    book.dayEquity = book.worth;
    book.dayLost = 0;
  }
  if (!isNew) return;
  state.day = day;
  state.entriesToday = 0;
}

/** Counts down, and up, what the protections go by when a trade is closed. */
export function noteTrade({ state, settings }: Desk, { return: gain, reason }: ClosedTrade): void {
  // What rounding leaves of a trade that won and lost nothing is no loss.
  state.lossesInRow = gain < -1e-12 ? state.lossesInRow + 1 : 0;
  if (isStop(reason) || reason === "liquidation") state.cooling = settings.cooldown ?? 0;
}

/** What a row's close says of the equity: why the position has to be closed, if it has to. */
export function breach({ book, settings }: Desk, worth: number): Reason | undefined {
  const { maxDrawdown = Infinity, dailyLoss = Infinity } = settings;
  // Another account of the book may have found it on a row that this one has not.
  if (book.halted === 1 || worth <= book.peak * (1 - maxDrawdown)) {
    book.halted = 1;
    return "maxDrawdown";
  }
  if (book.dayLost === 0 && !(worth <= book.dayEquity * (1 - dailyLoss))) return undefined;
  book.dayLost = 1;
  return "dailyLoss";
}

/** Whether nothing may be opened by a decision on this row. */
export function forbidsEntry({ state, book, settings }: Desk): boolean {
  const { maxTradesPerDay = Infinity, maxLossesInRow = Infinity } = settings;
  return book.halted === 1 || book.dayLost === 1 || state.cooling > 0 ||
    state.entriesToday >= maxTradesPerDay || state.lossesInRow >= maxLossesInRow;
}
