import type { BotRecord } from "../../ports/bots.ts";

/** The bot that was made last; of those made in the same millisecond the last one. `undefined` of none. */
export function youngest<T extends Pick<BotRecord, "createdAt">>(
  bots: readonly T[],
): T | undefined {
  return bots.toSorted((a, b) => a.createdAt - b.createdAt).at(-1);
}
