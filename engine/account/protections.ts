import type { Desk } from "./desk.ts";
import type { ClosedTrade, Reason } from "./ledger.ts";
import type { AllSettings } from "./settings.ts";
import { isStop } from "./pricing.ts";

const DAY = 86_400_000;

/** Whether an account has protections, and whether it has to look at equity on each row for them. */
export function protection(settings: AllSettings): Pick<Desk, "protects" | "watchesEquity"> {
  const { maxDrawdown, dailyLoss, cooldown, maxTradesPerDay, maxLossesInRow } = settings;
  const watchesEquity = maxDrawdown !== undefined || dailyLoss !== undefined;
  const counted = [cooldown, maxTradesPerDay, maxLossesInRow].some((limit) => limit !== undefined);
  return { protects: watchesEquity || counted, watchesEquity };
}

/** Begins a new UTC day where a row is the first of one; a candle belongs to the day that it opens in. */
export function beginDay({ state }: Desk, time: number): void {
  const day = Math.floor((time - 1) / DAY);
  if (day === state.day) return;
  state.day = day;
  state.dayEquity = state.worth;
  state.entriesToday = state.dayLost = 0;
}

/** Counts down, and up, what the protections go by when a trade is closed. */
export function noteTrade({ state, settings }: Desk, { return: gain, reason }: ClosedTrade): void {
  // What rounding leaves of a trade that won and lost nothing is no loss.
  state.lossesInRow = gain < -1e-12 ? state.lossesInRow + 1 : 0;
  if (isStop(reason)) state.cooling = settings.cooldown ?? 0;
}

/** What a row's close says of the equity: why the position has to be closed, if it has to. */
export function breach({ state, settings }: Desk, worth: number): Reason | undefined {
  const { maxDrawdown = Infinity, dailyLoss = Infinity } = settings;
  if (worth <= state.peak * (1 - maxDrawdown)) {
    state.halted = 1;
    return "maxDrawdown";
  }
  if (!(worth <= state.dayEquity * (1 - dailyLoss))) return undefined;
  state.dayLost = 1;
  return "dailyLoss";
}

/** Whether nothing may be opened by a decision on this row. */
export function forbidsEntry({ state, settings }: Desk): boolean {
  const { maxTradesPerDay = Infinity, maxLossesInRow = Infinity } = settings;
  return state.halted === 1 || state.dayLost === 1 || state.cooling > 0 ||
    state.entriesToday >= maxTradesPerDay || state.lossesInRow >= maxLossesInRow;
}
