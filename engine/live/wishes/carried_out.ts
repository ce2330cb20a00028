import type { BotWish } from "../../ports/bot_wishes.ts";
import type { Asked } from "../../run/decide_candles.ts";
import { isIntervention } from "./due_wishes.ts";

/** What a bot's account has carried out of what was asked, as a run takes it that does the same again. */
export function carriedOut(wishes: readonly BotWish[]): Asked[] {
  return wishes.filter(isIntervention).flatMap(({ wish, actedAt }) =>
    actedAt === undefined ? [] : [{ at: actedAt, asked: wish }]
  );
}
