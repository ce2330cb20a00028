import type { Asker } from "../../ports/bot_wishes.ts";

/** Who asked for something and why, as the reason of a status. */
export function askedBy({ by, reason }: Asker): string {
  return `asked by ${by}${reason && `: ${reason}`}`;
}
