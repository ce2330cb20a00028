import { AT_WORK } from "../ports/bot_status.ts";
import type { BotRecord } from "../ports/bots.ts";
import type { Store } from "../ports/store.ts";
import { note } from "./output.ts";

/**
 * An edited config is another bot. The one that it was before is stopped for good, also where another
 * process runs it: two bots of one name would trade side by side.
 */
export async function stopEdited(
  store: Store,
  bots: readonly Pick<BotRecord, "id" | "config">[],
): Promise<void> {
  for (const old of await store.bots.list()) {
    const heir = bots.find((bot) => placeOf(bot) === placeOf(old));
    if (!heir || heir.id === old.id || !AT_WORK.includes(old.status)) continue;
    const reason = `its config was edited: ${heir.id} trades instead`;
    await store.bots.stop(old.id, reason);
    note(`${old.id}: stopped, ${reason}`);
  }
}

/** What a bot is called, and what it trades. */
function placeOf({ config }: Pick<BotRecord, "config">): string {
  const { name, market: { exchange, symbol } } = config;
  return JSON.stringify([name, exchange, symbol]);
}
