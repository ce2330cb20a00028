import { instrumentKey } from "../../market/trade.ts";
import { AT_WORK } from "../../ports/bot_status.ts";
import type { BotRecord } from "../../ports/bots.ts";
import type { Store } from "../../ports/store.ts";
import type { Tell } from "../../ports/tell.ts";
import { placeOf } from "./same_place.ts";

/**
 * An edited config is another bot. The one that it was before is stopped for good, also where another
 * process runs it: two bots of one name would trade side by side.
 */
export async function stopEdited(
  store: Pick<Store, "bots">,
  bots: readonly Pick<BotRecord, "id" | "config">[],
  tell: Tell,
): Promise<void> {
  for (const old of await store.bots.list()) {
    const heir = bots.find((bot) => placeOf(bot) === placeOf(old));
    if (!heir || heir.id === old.id || !AT_WORK.includes(old.status)) continue;
    const reason = `its config was edited: ${heir.id} trades instead`;
    await store.bots.stop(old.id, reason);
    const market = instrumentKey(old.config.market);
    tell(`${old.id}: stopped, ${reason}`, { bot: old.id, market });
  }
}
