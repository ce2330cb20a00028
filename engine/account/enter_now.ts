import type { Desk } from "./desk.ts";
import { enter, refuse } from "./orders.ts";
import { buildUp } from "./resize.ts";

/** Opens what an action left to be opened, or builds it up. */
export function enterNow(desk: Desk): void {
  const { entering, state: { position, ended } } = desk;
  if (entering === undefined) return;
  desk.entering = undefined;
  const { side, price, time, target } = entering;
  if (target === undefined) return enter(desk, side, price, time);
  if (position === 0 || ended) return;
  const refused = buildUp(desk, { target, price, time });
  if (refused !== undefined) refuse(desk, side, time, price, refused);
}
