import type { Desk } from "./desk.ts";
import type { Action, Reason, Role } from "./ledger.ts";
import { setLevels, stopsAreKnown } from "./levels.ts";
import { settle } from "./settle.ts";
import { affordable } from "./sizing.ts";

/** Carries out an action at a market price: what it closes first, then what it opens. */
export function act(
  desk: Desk,
  action: Action,
  price: number,
  time: number,
  why: Reason = action.startsWith("reverse") ? "reversal" : "signal",
): void {
  const { state, settings: { slippage } } = desk;
  if (state.position !== 0) exit(desk, { price, slippage, time, reason: why });
  if (state.ended) return;
  if (action === "enterLong" || action === "reverseToLong") enter(desk, 1, price, time);
  if (action === "enterShort" || action === "reverseToShort") enter(desk, -1, price, time);
}

/** An exit as it is asked for. */
export interface Exit {
  /** The price before slippage. */
  price: number;
  slippage: number;
  time: number;
  reason: Reason;
  role?: Role;
}

/** Closes the position. A broker closes a short at the price that leaves nothing, at the latest. */
export function exit(desk: Desk, { price: quoted, slippage, time, reason, role }: Exit): void {
  const { state, settings: { fee } } = desk;
  const side = state.position > 0 ? -1 : 1, amount = Math.abs(state.position);
  const wanted = quoted * (1 + side * slippage);
  const ruins = side > 0 && wanted * amount * (1 + fee) >= state.cash;
  if (ruins) state.ended = 1;
  settle(desk, {
    side,
    quoted,
    price: ruins ? state.cash / (amount * (1 + fee)) : wanted,
    amount,
    time,
    reason: ruins ? "ruin" : reason,
    role: role ?? "taker",
    ruins,
  });
}

function enter(desk: Desk, side: 1 | -1, quoted: number, time: number): void {
  const { state, settings: { fee, slippage, size, lot } } = desk;
  const price = quoted * (1 + side * slippage);
  const amount = affordable(state.cash * size, price, fee, lot);
  if (!(amount > 0) || !stopsAreKnown(desk)) {
    state.refused++;
    return;
  }
  settle(desk, { side, quoted, price, amount, time, reason: "entry", role: "taker" });
  setLevels(desk, side);
}
