import { closedState } from "./closed_equity.ts";
import type { Desk } from "./desk.ts";
import { breach } from "./protections.ts";
import type { AccountSettings } from "./settings.ts";
import type { AccountState } from "./state.ts";

/**
 * What an account's protections remember over its next days, when it is flat. What they remember of a
 * day is not among it: where accounts take turns, each begins with a day.
 */
export type Carried = Pick<AccountState, "peak" | "halted" | "lossesInRow" | "cooling">;

/**
 * What the protections of an account remember behind closing its position by a market order at `price`.
 * Nothing is closed by asking.
 */
export function carriedFrom(desk: Desk, price: number): Carried {
  const state = closedState(desk, price);
  if (desk.watchesEquity) breach({ ...desk, state, book: state }, state.cash);
  const { peak, halted, lossesInRow, cooling } = state;
  return { peak, halted, lossesInRow, cooling };
}

/** The setting by which an account has ended all its trading, if one has. */
export function endedBy(
  { maxLossesInRow = Infinity }: Pick<AccountSettings, "maxLossesInRow">,
  { halted, lossesInRow }: Carried,
): "maxDrawdown" | "maxLossesInRow" | undefined {
  if (halted === 1) return "maxDrawdown";
  return lossesInRow >= maxLossesInRow ? "maxLossesInRow" : undefined;
}
