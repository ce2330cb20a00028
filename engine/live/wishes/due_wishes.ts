import type { Intervention } from "../../account/interventions.ts";
import type { Candles } from "../../market/candles.ts";
import type { BotWish, CarriedOut } from "../../ports/bot_wishes.ts";

/** A wish that an account carries out at the close of one of some candles. */
export type DueWish = BotWish & CarriedOut & { wish: Intervention };

/** Which wishes are due at the close of which of these candles, in the order in which they were asked. */
export function dueWishes(asked: readonly BotWish[], candles: Candles): DueWish[] {
  const due: DueWish[] = [];
  let row = 0;
  for (const wish of asked) {
    if (!isIntervention(wish)) continue;
    // One that was asked later is not carried out earlier, whatever the askers' clocks say.
    while (row < candles.length && candles.time[row] < wish.notBefore) row++;
    if (row === candles.length) return due;
    due.push({ ...wish, actedAt: candles.time[row] });
  }
  return due;
}

/** Whether a wish is one that the bot's account carries out. */
export function isIntervention<T extends BotWish>(wish: T): wish is T & { wish: Intervention } {
  return wish.wish !== "start" && wish.wish !== "stop";
}
